using System.Text;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Planning;
using Braid.Pipelines.Specs;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Tests.Planning;

public sealed class DatumPlannerTests
{
    private const string salt = "salt";
    private static readonly Dictionary<Sha256Hash, FailedDatum> noFailures = [];
    private static readonly IdSource ids = IdSource.Seeded(1);

    [Fact]
    public void A_cross_varies_its_right_most_part_fastest_and_a_union_comes_one_after_the_other()
    {
        Input a = Leaf("a");
        Input b = Leaf("b");
        Input c = Leaf("c");
        var input = new Input.Union([new Input.Cross([a, b]), c]);

        var datums = DatumExpansion.Expand(input, [Matches(0, "/1", "/2"), Matches(1, "/x", "/y"), Matches(2, "/z")]);

        Assert.Equal(["/1/x", "/1/y", "/2/x", "/2/y", "/z"], datums.Select(d => string.Concat(d.Select(m => m.Path))));
    }

    [Fact]
    public void A_cross_with_an_empty_part_has_no_datums()
    {
        Assert.Empty(DatumExpansion.Expand(new Input.Cross([Leaf("a"), Leaf("b")]), [Matches(0, "/1"), []]));
    }

    [Fact]
    public void Every_verdict_has_its_reason()
    {
        var spec = Spec("run");
        var before = Plan(spec, salt, [Match("/same", "1"), Match("/edited", "1"), Match("/recovered", "1")], null);
        var baseJob = Succeeded(spec, salt, before, "/recovered");
        var failed = new Dictionary<Sha256Hash, FailedDatum>();
        LeafMatch[] files =
        [
            Match("/same", "1"),
            Match("/edited", "2"),
            Match("/recovered", "1"),
            Match("/added", "1"),
            Match("/broken", "1"),
        ];
        var broken = Plan(spec, salt, files, baseJob).Single(d => d.Inputs[0].Path == "/broken");
        failed[broken.Id] = new(broken.Key, new(ids.Next()));

        var reasons = new DatumPlanner(spec, salt)
            .Plan([files], baseJob, failed)
            .ToDictionary(d => d.Inputs[0].Path, d => d.Verdict.Reason);

        Assert.Equal($"skipped: inputs, code and salt are those of job {baseJob.Set}", reasons["/same"]);
        Assert.Equal("changed: files", reasons["/edited"]);
        Assert.Equal("new", reasons["/added"]);
        Assert.StartsWith("retried after failure in job ", reasons["/recovered"]);
        Assert.StartsWith("retried after failure in job ", reasons["/broken"]);
    }

    [Fact]
    public void Other_code_another_salt_and_reprocess_spec_run_everything_and_say_so()
    {
        var spec = Spec("run");
        LeafMatch[] files = [Match("/a", "1")];
        var baseJob = Succeeded(spec, salt, Plan(spec, salt, files, null));

        Assert.Equal("changed: code", Reason(Spec("run faster"), salt));
        Assert.Equal("reprocess", Reason(spec, "other"));
        Assert.Equal("reprocess: reprocess_spec is every_job", Reason(spec with { ReprocessesEveryJob = true }, salt));

        string Reason(PipelineSpec now, string with) => Plan(now, with, files, baseJob).Single().Verdict.Reason;
    }

    [Fact]
    public void A_changed_reference_input_does_not_make_a_datum_run_again()
    {
        var spec = Spec("run") with { Input = Leaf("files") with { Reference = true } };
        var baseJob = Succeeded(spec, salt, Plan(spec, salt, [Match("/a", "1")], null));

        Assert.IsType<Verdict.Skip>(Plan(spec, salt, [Match("/a", "2")], baseJob).Single().Verdict);
    }

    [Fact]
    public void Exactly_the_datums_whose_content_changed_run_after_any_edits()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var before = RandomFiles(random, new(StringComparer.Ordinal));
            var after = RandomFiles(random, before);
            var spec = Spec("run");
            var baseJob = Succeeded(spec, salt, Plan(spec, salt, Files(before), null));

            var planned = Plan(spec, salt, Files(after), baseJob);

            var run = planned.Where(d => d.Verdict is Verdict.Run).Select(d => d.Inputs[0].Path);
            var changed = after.Where(f => before.GetValueOrDefault(f.Key) != f.Value).Select(f => f.Key);
            Assert.True(changed.ToHashSet().SetEquals(run), $"seed {seed}");
            Assert.True(planned.Count == after.Count, $"seed {seed}");
        }
    }

    [Fact]
    public void What_a_datum_reads_survives_being_stored()
    {
        LeafMatch[] inputs = [Match("/ä/b", "1"), new(3, "/", true, Sha256Hash.Of("x"u8), 1L << 40)];

        Assert.Equal(inputs, DatumInputsFormat.Decode(DatumInputsFormat.Encode(inputs)));
    }

    private static SortedDictionary<string, string> RandomFiles(Random random, SortedDictionary<string, string> start)
    {
        var files = new SortedDictionary<string, string>(start, StringComparer.Ordinal);
        for (var edits = random.Next(20); edits > 0; edits--)
        {
            var path = $"/{random.Next(15)}";
            if (random.Next(3) == 0)
            {
                files.Remove(path);
            }
            else
            {
                files[path] = $"{random.Next(3)}";
            }
        }

        return files;
    }

    private static LeafMatch[] Files(SortedDictionary<string, string> files) =>
        [.. files.Select(file => Match(file.Key, file.Value))];

    private static IReadOnlyList<PlannedDatum> Plan(
        PipelineSpec spec,
        string with,
        IReadOnlyList<LeafMatch> files,
        BaseJob? baseJob
    ) => new DatumPlanner(spec, with).Plan([files], baseJob, noFailures);

    private static BaseJob Succeeded(
        PipelineSpec spec,
        string with,
        IReadOnlyList<PlannedDatum> datums,
        string? recovered = null
    )
    {
        var set = new CommitSetId(ids.Next());
        return new(
            set,
            DatumKeys.Code(spec.Transform),
            with,
            datums.ToDictionary(
                d => d.Id,
                d => new BaseDatum(
                    d.Id,
                    d.Key,
                    d.Inputs[0].Path == recovered ? DatumState.Recovered : DatumState.Success,
                    d.Inputs,
                    TreeRoot.Empty,
                    set
                )
            )
        );
    }

    private static Input.Pfs Leaf(string name) =>
        new()
        {
            Name = name,
            Project = "default",
            Repo = name,
            Glob = "/*",
        };

    private static PipelineSpec Spec(string line) =>
        new()
        {
            Pipeline = new("default", "p"),
            Transform = new() { Cmd = ["sh"], Stdin = [line] },
            Input = Leaf("files"),
            Json = "{}",
        };

    private static LeafMatch[] Matches(int leaf, params string[] paths) =>
        [.. paths.Select(path => Match(path, "1") with { Leaf = leaf })];

    private static LeafMatch Match(string path, string content) =>
        new(0, path, false, Sha256Hash.Of(Encoding.UTF8.GetBytes(content)), content.Length);
}
