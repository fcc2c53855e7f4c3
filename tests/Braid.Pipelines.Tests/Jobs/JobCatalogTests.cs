using Braid.Access.Callers;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Logs;
using Braid.Primitives;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Jobs;

/// <summary>Looking at jobs; on both stores, without running anything unless needed.</summary>
public sealed class JobCatalogTests
{
    [Theory]
    [MemberData(nameof(Testing.Stores.All), MemberType = typeof(Testing.Stores))]
    public async Task Jobs_are_listed_newest_first_and_filtered(string store)
    {
        await using var world = await StartAsync(store);
        await world.CreateRepoAsync("images");
        var edges = Spec("edges", "true", "images:/*");
        await world.CreateAsync(edges);
        var set = await world.PutAsync("images", ("/a", "x"));
        await world.EndedAsync("edges", set);
        await world.CreateAsync(edges, update: true);
        var newest = await world.NewestEndedAsync("edges");

        var all = Ok(await world.Jobs.ListAsync(Admin, new(), default));
        var oldest = Ok(await world.Jobs.ListAsync(Admin, new() { OldestFirst = true, Limit = 1 }, default));
        var latestVersion = Ok(await world.Jobs.ListAsync(Admin, new() { History = 0 }, default));
        var reading = Ok(await world.Jobs.ListAsync(Admin, new() { Inputs = [new("default/images", set)] }, default));
        var elsewhere = Ok(await world.Jobs.ListAsync(Admin, new() { Projects = ["other"] }, default));
        var sets = Ok(await world.Jobs.ListSetsAsync(Admin, new() { Limit = 2 }, default));

        Assert.Equal(3, all.Count);
        Assert.Equal(newest.Set, all[0].Set);
        Assert.Equal(all[2].Set, oldest.Single().Set);
        Assert.Equal([newest.Set], latestVersion.Select(job => job.Set));
        Assert.Equal([newest.Set, set], reading.Select(job => job.Set));
        Assert.Empty(elsewhere);
        Assert.Equal([newest.Set, set], sets.Select(s => s.Set));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_and_changes_nothing()
    {
        await using var world = await OpenAsync();
        var set = new CommitSetId(IdSource.System.Next());

        Error?[] errors =
        [
            (await world.Jobs.InspectAsync(Admin, Ref("no"), $"{set}", true, default)).Error,
            (await world.Jobs.InspectAsync(Admin, Ref("no"), "nonsense", true, default)).Error,
            (await world.Jobs.InspectSetAsync(Admin, set, true, default)).Error,
            (await world.Jobs.StopAsync(Admin, Ref("no"), $"{set}", "", default)).Error,
            (await world.Jobs.DeleteAsync(Admin, Ref("no"), $"{set}", default)).Error,
            (await world.Pipelines.InspectAsync(Admin, Ref("no"), 0, default)).Error,
            (await world.Pipelines.StopAsync(Admin, Ref("no"), default)).Error,
            (await world.Pipelines.RerunAsync(Admin, Ref("no"), false, default)).Error,
            (await world.Host.Logs.ReadAsync(Admin, new() { Pipeline = Ref("no") }, default)).Error,
        ];

        Assert.All(errors, error => Assert.Equal(ErrorKind.NotFound, error?.Kind));
        var nothing = await world.Host.Logs.ReadAsync(Admin, new LogFilter(), default);
        Assert.Contains("must specify the Job or Pipeline", nothing.Error?.Message);
    }

    [Fact]
    public async Task A_pipeline_is_made_once_and_not_where_a_repo_is()
    {
        await using var world = await OpenAsync();
        await world.CreateRepoAsync("images");
        await world.CreateRepoAsync("taken");
        await world.CreateAsync(Spec("edges", "true", "images:/*"));

        var again = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            world.CreateAsync(Spec("edges", "true", "images:/*"))
        );
        var taken = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            world.CreateAsync(Spec("taken", "true", "images:/*"))
        );
        var missing = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            world.CreateAsync(Spec("other", "true", "nowhere:/*"))
        );

        Assert.Contains("already exists", again.Message);
        Assert.Contains("a repo with the same name already exists", taken.Message);
        Assert.Contains("repo default/nowhere not found", missing.Message);
        Assert.Single(Ok(await world.Pipelines.ListAsync(Admin, [], null, 0, default)));
        var repos = Ok(await world.Data.Repos.ListAsync(Admin, "", [], default));
        Assert.DoesNotContain(repos, repo => repo.Name.Name == "other");
    }

    [Fact]
    public async Task A_deleted_job_is_gone_and_a_dropped_commit_takes_its_job_along()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "true", "images:/*"));
        await world.NewestEndedAsync("edges");
        var deleted = await world.PutAsync("images", ("/a", "x"));
        await world.EndedAsync("edges", deleted);
        var dropped = await world.PutAsync("images", ("/a", "y"));
        await world.EndedAsync("edges", dropped);

        Ok(await world.Jobs.DeleteAsync(Admin, Ref("edges"), $"{deleted}", default));
        Ok(await world.Data.CommitSets.DropAsync(Admin, dropped, default));

        Assert.Single(Ok(await world.Jobs.ListAsync(Admin, new(), default)));
    }

    [Fact]
    public async Task A_jobs_credentials_reach_its_own_job_only()
    {
        await using var world = await OpenAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "true", "images:/*"));
        await world.CreateAsync(Spec("other", "true", "images:/*"));
        var jobs = Ok(await world.Jobs.ListAsync(Admin, new(), default));
        var edges = jobs.Single(job => job.Pipeline.Name == "edges");
        var other = jobs.Single(job => job.Pipeline.Name == "other");
        var run = Ok(await world.Runs.GetAsync(Admin, edges.Run, Tracking.Runs.RunParts.None, default));
        var caller = new Caller.Job(edges.Run, run.ProjectId, "attempt", new HashSet<string>());

        Assert.True((await world.Jobs.InspectAsync(caller, Ref("edges"), $"{edges.Set}", false, default)).IsOk);
        Error?[] errors =
        [
            (await world.Jobs.InspectAsync(caller, Ref("other"), $"{other.Set}", false, default)).Error,
            (await world.Host.Datums.ListAsync(caller, Ref("other"), $"{other.Set}", DatumQuery.All, default)).Error,
            (await world.Jobs.StopAsync(caller, Ref("edges"), $"{edges.Set}", "", default)).Error,
            (await world.Pipelines.DeleteAsync(caller, Ref("edges"), true, false, default)).Error,
            (await world.Pipelines.StopAsync(caller, Ref("edges"), default)).Error,
        ];
        Assert.All(errors, error => Assert.Equal(ErrorKind.PermissionDenied, error?.Kind));
        Assert.Equal([edges.Set], Ok(await world.Jobs.ListAsync(caller, new(), default)).Select(job => job.Set));
    }

    [Fact]
    public async Task A_followed_log_ends_with_its_job_and_subscribers_get_every_new_job()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "echo one; echo two", "images:/*"));
        var first = await world.NewestEndedAsync("edges");
        await using var jobs = world.Jobs.SubscribeAsync(Admin, Ref("edges"), default).GetAsyncEnumerator();
        Assert.True(await jobs.MoveNextAsync());
        var set = await world.PutAsync("images", ("/a", "x"));
        var filter = new LogFilter
        {
            Pipeline = Ref("edges"),
            Job = $"{set}",
            Follow = true,
            Data = ["/a"],
        };

        var lines = new List<JobLogLine>();
        await foreach (var line in Ok(await world.Host.Logs.ReadAsync(Admin, filter, default)))
        {
            lines.Add(line);
        }

        Assert.Equal(["one", "two"], lines.Where(line => line.IsUser).Select(line => line.Message));
        Assert.Contains(
            lines,
            line => !line.IsUser && line.Message.StartsWith("processed: new", StringComparison.Ordinal)
        );
        Assert.Equal(first.Set, jobs.Current.Set);
        Assert.True(await jobs.MoveNextAsync());
        Assert.Equal(set, jobs.Current.Set);
    }
}
