using System.Text;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Datums.Trees;
using Braid.Pipelines.Planning;
using Braid.Pipelines.Specs;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Tests.Planning;

public sealed class DatumPlannerTests
{
    private const string salt = "salt";
    private static readonly IdSource ids = IdSource.Seeded(1);

    [Fact]
    public void Every_verdict_has_its_reason()
    {
        var spec = Spec("run");
        var (last, failed) = (Job(spec, salt), Job(spec, salt));
        var past = new Past(failed, last);

        Assert.Equal("new", Reason(past, null, null));
        Assert.Equal("changed: files", Reason(past, null, Record(spec, last, DatumState.Success, content: "2")));
        Assert.Equal(
            $"skipped: inputs, code and salt are those of job {last.Set}",
            Reason(past, null, Record(spec, last, DatumState.Success))
        );
        Assert.Equal(
            $"skipped: inputs, code and salt are those of job {failed.Set}",
            Reason(past, Record(spec, failed, DatumState.Success), null)
        );
        Assert.Equal(
            $"retried after failure in job {last.Set}",
            Reason(past, null, Record(spec, last, DatumState.Recovered))
        );
        Assert.Equal(
            $"retried after failure in job {failed.Set}",
            Reason(past, Record(spec, failed, DatumState.Failed), null)
        );
        Assert.Equal("as planned", Reason(past, Record(spec, failed, DatumState.Unknown), null));

        string Reason(Past past, DatumRecord? before, DatumRecord? good) =>
            Decide(spec, salt, past, before, good).Reason;
    }

    [Fact]
    public void Content_that_the_last_good_job_had_is_taken_over_though_a_failed_one_between_had_other()
    {
        var spec = Spec("run");
        var past = new Past(Job(spec, salt), Job(spec, salt));

        var verdict = Decide(
            spec,
            salt,
            past,
            Record(spec, past.Previous!, DatumState.Success, content: "2"),
            Record(spec, past.Base!, DatumState.Success)
        );

        Assert.Equal(past.Base, Assert.IsType<Verdict.Skip>(verdict).Of);
    }

    [Fact]
    public void Other_code_another_salt_and_reprocess_spec_run_everything_and_say_so()
    {
        var spec = Spec("run");
        var last = Job(spec, salt);
        var past = new Past(last, last);
        var record = Record(spec, last, DatumState.Success);

        Assert.Equal("changed: code", Decide(Spec("run faster"), salt, past, record, record).Reason);
        Assert.Equal("reprocess", Decide(spec, "other", past, record, record).Reason);
        Assert.Equal(
            "reprocess: reprocess_spec is every_job",
            Decide(spec with { ReprocessesEveryJob = true }, salt, past, record, record).Reason
        );
    }

    [Fact]
    public void A_changed_reference_input_does_not_make_a_datum_run_again()
    {
        var spec = Spec("run") with { Input = Leaf("files") with { Reference = true } };
        var last = Job(spec, salt);
        var record = Record(spec, last, DatumState.Success, content: "2");

        Assert.IsType<Verdict.Skip>(Decide(spec, salt, new(last, last), record, record));
    }

    [Fact]
    public void Environment_and_what_a_match_is_joined_on_are_part_of_the_work()
    {
        var spec = Spec("run");
        var last = Job(spec, salt);
        var record = Record(spec, last, DatumState.Success);
        var joined = new DatumPlanner(spec, salt).Identify([Match("/a", "1") with { JoinOn = "a" }]);
        var otherwise = spec with
        {
            Transform = spec.Transform with { Env = new Dictionary<string, string> { ["A"] = "1" } },
        };

        Assert.Equal("changed: code", Decide(otherwise, salt, new(last, last), record, record).Reason);
        Assert.NotEqual(record.Key, joined.Key);
        Assert.Equal(record.Id, joined.Id);
    }

    [Fact]
    public void What_a_datum_reads_survives_being_stored()
    {
        LeafMatch[] inputs =
        [
            Match("/ä/b", "1") with
            {
                JoinOn = "b",
            },
            new(3, "/", true, Sha256Hash.Of("x"u8), 1L << 40, GroupBy: "ü"),
        ];

        Assert.Equal(inputs, DatumInputsFormat.Decode(DatumInputsFormat.Encode(inputs)));
    }

    [Fact]
    public void What_older_releases_stored_of_a_datums_inputs_can_be_read()
    {
        var path = Encoding.UTF8.GetBytes("/a");
        byte[] stored = [1, 1, 2, (byte)path.Length, .. path, 1, .. Sha256Hash.Of("x"u8).Bytes, 0x80, 1];

        Assert.Equal([new(2, "/a", true, Sha256Hash.Of("x"u8), 128)], DatumInputsFormat.Decode(stored));
    }

    [Theory]
    [InlineData("$1", "one")]
    [InlineData("$2-$1$1", "two-oneone")]
    [InlineData("$3", "")]
    [InlineData("$", "$")]
    [InlineData("a$b", "a$b")]
    public void Captures_stand_where_their_numbers_are(string text, string expanded)
    {
        Assert.Equal(expanded, CaptureText.Expand(text, ["one", "two"]));
    }

    private static Verdict Decide(PipelineSpec spec, string with, Past past, DatumRecord? before, DatumRecord? good)
    {
        var planner = new DatumPlanner(spec, with);
        return planner.Decide(planner.Identify([Match("/a", "1")]), past, before, good);
    }

    private static PastJob Job(PipelineSpec spec, string with) =>
        new(new(ids.Next()), DatumKeys.Code(spec), with, new(null!, TreeRoot.Empty)); // no tree is read

    private static DatumRecord Record(PipelineSpec spec, PastJob job, DatumState state, string content = "1")
    {
        var datum = new DatumPlanner(spec, salt).Identify([Match("/a", content)]);
        return new()
        {
            Id = datum.Id,
            Key = datum.Key,
            State = state,
            Reason = "as planned",
            From = job.Set,
            Inputs = datum.Inputs,
        };
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

    private static LeafMatch Match(string path, string content) =>
        new(0, path, false, Sha256Hash.Of(Encoding.UTF8.GetBytes(content)), content.Length);
}
