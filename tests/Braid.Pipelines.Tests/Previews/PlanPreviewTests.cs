using System.Text;
using System.Text.Json.Nodes;
using Braid.Data.FileSets;
using Braid.Data.Naming;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Previews;
using Braid.Pipelines.Specs.Reading;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Previews;

/// <summary>What is said before a change is what happens after it.</summary>
public sealed class PlanPreviewTests
{
    private const string copy = "cp /pfs/images/* /pfs/out/";
    private static readonly BranchName master = new(new("default", "images"), "master");

    [Fact]
    public async Task Random_changes_run_and_skip_what_was_said()
    {
        var random = new Random(11);
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.PutAsync("images", [.. Enumerable.Range(0, 6).Select(at => ($"/{at}", (string?)"first"))]);
        await world.CreateAsync(
            Spec("edges", "grep -v bad /pfs/images/* > /pfs/out/$(basename /pfs/images/*)", "images:/*")
        );
        await world.NewestEndedAsync("edges");
        for (var round = 0; round < 8; round++)
        {
            (string Path, string? Content)[] changes =
            [
                .. Enumerable
                    .Range(0, 1 + random.Next(4))
                    .Select(_ => ($"/{random.Next(9)}", random.Next(4) == 0 ? null : $"text {random.Next(3)}"))
                    .DistinctBy(change => change.Item1),
            ];
            var said = Assert.Single(
                await LookAsync(world, new() { Heads = [(master, await ChangedAsync(world, changes))] })
            );
            var job = await world.EndedAsync("edges", await world.PutAsync("images", changes));
            Assert.Equal((said.Runs, said.Skips), (job.Progress.Processed + job.Progress.Failed, job.Progress.Skipped));
        }
    }

    [Fact]
    public async Task A_spec_is_compared_with_what_the_pipeline_did()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.PutAsync("images", ("/a", "1"), ("/b", "2"));
        var fresh = Assert.Single(await LookAsync(world, Question(Spec("edges", copy, "images:/*"))));
        Assert.Equal((true, 2, 0), (fresh.IsNew, fresh.Runs, fresh.Skips));
        Assert.Equal(new Dictionary<string, long> { ["new"] = 2 }, fresh.Reasons);

        await world.CreateAsync(Spec("edges", copy, "images:/*"));
        await world.NewestEndedAsync("edges");
        var same = Assert.Single(await LookAsync(world, Question(Spec("edges", copy, "images:/*"))));
        Assert.Equal((false, 0, 2, 0, true), (same.IsNew, same.Runs, same.Skips, same.Gone, same.ChangesNothing));
        var code = Assert.Single(await LookAsync(world, Question(Spec("edges", copy + " # x", "images:/*"))));
        Assert.Equal(new Dictionary<string, long> { ["changed: code"] = 2 }, code.Reasons);
        var narrower = Assert.Single(await LookAsync(world, Question(Spec("edges", copy, "images:/a"))));
        Assert.Equal((0, 1, 1), (narrower.Runs, narrower.Skips, narrower.Gone));
        var again = Question(Spec("edges", copy, "images:/*")) with { Reprocess = true };
        var all = Assert.Single(await LookAsync(world, again));
        Assert.Equal(new Dictionary<string, long> { ["reprocess"] = 2 }, all.Reasons);
    }

    [Fact]
    public async Task What_is_downstream_of_work_waits_for_it_and_of_none_is_known()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.PutAsync("images", ("/a", "1"));
        await world.CreateAsync(Spec("edges", copy, "images:/*"));
        await world.CreateAsync(Spec("montage", "cp /pfs/edges/* /pfs/out/", "edges:/"));
        await world.NewestEndedAsync("montage");

        var changed = await ChangedAsync(world, ("/b", "2"));
        var said = await LookAsync(world, new() { Heads = [(master, changed)] });
        Assert.Equal(["edges", "montage"], said.Select(preview => preview.Pipeline.Name));
        Assert.Equal((1, 1), (said[0].Runs, said[0].Skips));
        Assert.Equal([Ref("edges")], said[1].Awaits);

        var unchanged = await LookAsync(world, new() { Heads = [(master, await ChangedAsync(world, ("/a", "1")))] });
        Assert.Equal([(0L, 1L), (0L, 1L)], unchanged.Select(preview => (preview.Runs, preview.Skips)));
        Assert.Empty(unchanged[1].Awaits);
    }

    [Fact]
    public async Task Each_datum_is_told_with_its_files_and_its_reason()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.PutAsync("images", ("/a", "1"));
        await world.CreateAsync(Spec("edges", copy, "images:/*"));
        await world.NewestEndedAsync("edges");
        var told = new List<(string Path, bool Runs, string Reason)>();
        var question = new PlanQuestion { Heads = [(master, await ChangedAsync(world, ("/a", "2"), ("/b", "3")))] };
        Ok(
            await world.Host.Plans.LookAsync(
                Admin,
                question,
                (_, datum) =>
                {
                    told.Add((datum.Inputs[0].Path, datum.Runs, datum.Reason));
                    return ValueTask.CompletedTask;
                },
                default
            )
        );
        Assert.Equal([("/a", true, "changed: images"), ("/b", true, "new")], told.Order());
    }

    [Fact]
    public async Task Nothing_is_made_by_looking()
    {
        await using var world = await OpenAsync();
        await world.CreateRepoAsync("images");
        await LookAsync(world, Question(Spec("edges", copy, "images:/*")));
        Assert.False((await world.Pipelines.InspectAsync(Admin, Ref("edges"), 0, default)).IsOk);
    }

    private static PlanQuestion Question(JsonObject spec) => new() { Spec = Ok(SpecReader.Read(spec.ToJsonString())) };

    private static async Task<IReadOnlyList<PipelinePreview>> LookAsync(PipelineWorld world, PlanQuestion question) =>
        Ok(await world.Host.Plans.LookAsync(Admin, question, (_, _) => ValueTask.CompletedTask, default));

    /// <summary>The files of master with these changes, as a file set.</summary>
    private static async Task<CommitName> ChangedAsync(
        PipelineWorld world,
        params (string Path, string? Content)[] changes
    )
    {
        using var edits = Ok(world.Data.FileSets.Begin(Admin));
        foreach (var (path, content) in changes)
        {
            Ok(await edits.DeleteAsync(path, default));
            if (content is not null)
            {
                Ok(await edits.AppendAsync(path, Encoding.UTF8.GetBytes(content), default));
            }
        }

        var changed = Ok(await edits.ApplyAsync(default));
        var sets = world.Data.FileSets;
        var now = Ok(await sets.OfCommitAsync(Admin, master.Repo, CommitSpec.OfBranch(master.Name), default));
        var all = Ok(await sets.ComposeAsync(Admin, [now.Id, changed.Id], FileSets.UsualLife, default));
        return new(new("default", FileSet.RepoName), new(all.Id));
    }
}
