using System.Text;
using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Models;
using Braid.Tracking.Queues;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Tracking.Tests;

/// <summary>What people destroy here, and what they change of what others get, is in the audit log.</summary>
public sealed class AuditedTrackingTests
{
    private static readonly Caller ann = new Caller.Member("ann");

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Of_models_it_tells_trashing_and_deletion(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var model = (await tracking.Models.CreateAsync(ann, new() { Name = "net" }, default)).Value.Id;
        await tracking.Models.TrashAsync(ann, model, default);
        await tracking.Models.DeleteAsync(ann, model, StoredFiles.Go, default);
        await tracking.Models.DeleteAsync(ann, model, StoredFiles.Go, default);

        Assert.Equal(
            [$"model.archive {model}: net", $"model.delete {model}: net"],
            await ToldActs.ReadAsync(tracking.Database)
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Of_names_it_tells_what_they_stand_for_and_what_is_deleted(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var registry = tracking.Registry;
        await registry.CreateAsync(ann, "net", "", [], default);
        await registry.CreateVersionAsync(ann, new() { Name = "net" }, default);
        await registry.CreateVersionAsync(ann, new() { Name = "net" }, default);
        await registry.SetAliasAsync(ann, "net", "champion", 1, default);
        var production = new ModelChange { Stage = ModelStage.Production };
        await registry.UpdateVersionAsync(ann, "net", 2, production, archiveOthersInStage: true, default);
        await registry.UpdateVersionAsync(ann, "net", 2, new() { Comment = "good" }, false, default);
        await registry.UpdateAsync(ann, "net", new() { Name = "web", Description = "ours" }, default);
        await registry.UpdateAsync(ann, "web", new() { Description = "theirs" }, default);
        await registry.RemoveAliasAsync(ann, "web", "champion", default);
        await registry.RemoveAliasAsync(ann, "web", "champion", default);
        await registry.DeleteVersionAsync(ann, "web", 2, default);
        await registry.DeleteVersionAsync(ann, "web", 2, default);
        await registry.DeleteAsync(ann, "web", default);

        Assert.Equal(
            [
                "registry.alias net@champion: version 1",
                "registry.stage net/2: production",
                "registry.rename net: web",
                "registry.delete-alias web@champion",
                "registry.delete-version web/2",
                "registry.delete web",
            ],
            await ToldActs.ReadAsync(tracking.Database)
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Of_experiments_it_tells_where_they_went(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var projects = tracking.Projects;
        var (a, b) = (await MakeAsync("a"), await MakeAsync("b"));
        await projects.UpdateAsync(ann, a, new() { Name = "c" }, default);
        await projects.UpdateAsync(ann, a, new() { Name = "c", Description = "ours" }, default);
        await projects.TrashAsync(ann, a, default);
        await projects.TrashAsync(ann, a, default);
        await projects.RestoreAsync(ann, a, default);
        await projects.MergeAsync(ann, a, a, default);
        await projects.MergeAsync(ann, a, b, default);
        await tracking.RunAsync(project: b);
        await projects.DeleteAsync(ann, b, default);
        await projects.DeleteAsync(ann, await MakeAsync("d"), default);

        Assert.Equal(
            [
                "experiment.rename a: c",
                "experiment.archive c",
                "experiment.restore c",
                "experiment.merge c: b",
                "experiment.delete d",
            ],
            await ToldActs.ReadAsync(tracking.Database)
        );

        async Task<ProjectId> MakeAsync(string name) => (await projects.CreateAsync(ann, new(name), default)).Value.Id;
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Of_what_waits_it_tells_who_let_what_wait_where(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var queue = (await tracking.Queues.CreateAsync(ann, new("fast"), default)).Value.Id;
        var (one, two) = ((await tracking.DraftAsync()).Id, (await tracking.DraftAsync()).Id);
        await tracking.Waiting.AddAsync(ann, queue, one, default);
        await tracking.Waiting.AddAsync(ann, queue, two, default);
        await tracking.Waiting.MoveAsync(ann, queue, two, QueueMove.ToFront, 1, default);
        await tracking.Waiting.RemoveAsync(ann, queue, two, restoreStatus: true, default);
        await tracking.Waiting.RemoveAsync(ann, queue, two, restoreStatus: true, default);
        await tracking.Waiting.DequeueAsync(ann, one, null, "", "", default);
        await tracking.Waiting.DequeueAsync(ann, one, null, "", "", default);

        Assert.Equal(
            [
                "queue.create fast",
                $"run.enqueue {one}: fast",
                $"run.enqueue {two}: fast",
                $"run.move {two}: 0 before it",
                $"run.dequeue {two}",
                $"run.dequeue {one}",
            ],
            await ToldActs.ReadAsync(tracking.Database)
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Of_runs_it_tells_what_is_taken_away_of_them(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = (await tracking.RunAsync()).Id;
        var model = (await tracking.Models.CreateAsync(ann, new() { Name = "net" }, default)).Value.Id;
        await tracking.Logs.DeleteBeforeAsync(ann, run, DateTimeOffset.UnixEpoch, default);
        await tracking.Logs.DeleteAsync(ann, run, default);
        await tracking.Series.DeleteAsync(ann, SeriesOwner.Of(run), default);
        await tracking.Plots.DeleteAsync(ann, SeriesOwner.Of(run), default);
        await tracking.Series.DeleteAsync(ann, SeriesOwner.Of(model), default);
        await tracking.Plots.DeleteAsync(ann, SeriesOwner.Of(model), default);
        await tracking.Runs.SetStatusAsync(ann, run, new(RunStatus.Stopped), default);
        await tracking.Runs.ResetAsync(ann, run, force: false, StoredFiles.Stay, default);
        await tracking.Runs.TrashAsync(ann, run, default);
        await tracking.Runs.RestoreAsync(ann, run, default);
        await tracking.Runs.DeleteAsync(ann, run, StoredFiles.Stay, default);

        Assert.Equal(
            [
                $"run.delete-log {run}: before 1970-01-01 00:00:00Z",
                $"run.delete-log {run}",
                $"run.delete-points {run}",
                $"run.delete-plots {run}",
                $"model.delete-points {model}",
                $"model.delete-plots {model}",
                $"run.stop {run}",
                $"run.reset {run}",
                $"run.archive {run}",
                $"run.restore {run}",
                $"run.delete {run}",
            ],
            await ToldActs.ReadAsync(tracking.Database)
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Of_files_it_tells_those_that_were_whole(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var artifacts = await tracking.ArtifactsAsync();
        foreach (var space in (string[])[ArtifactSpaces.MLflow, ArtifactSpaces.Uploads])
        {
            await artifacts.PutAsync(ann, space, "a/b", new MemoryStream(Encoding.UTF8.GetBytes("x")), null, default);
            await artifacts.DeleteAsync(ann, space, "/a/", default);
            await artifacts.DeleteAsync(ann, space, "/a/", default);
        }

        Assert.Equal(["artifact.delete a: of mlflow"], await ToldActs.ReadAsync(tracking.Database));
    }

    [Fact]
    public async Task What_jobs_programs_take_away_of_their_own_it_does_not_tell()
    {
        await using var tracking = await TrackingFixture.OpenAsync("sqlite");
        var (run, job) = await tracking.JobAsync();
        Assert.True((await tracking.Logs.DeleteAsync(job, run, default)).IsOk);
        var model = (await tracking.Models.CreateAsync(job, new() { Name = "net" }, default)).Value.Id;
        Assert.True((await tracking.Models.DeleteAsync(job, model, StoredFiles.Stay, default)).IsOk);
        Assert.Empty(await ToldActs.ReadAsync(tracking.Database));
    }
}
