using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Logs;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Tracking.Tests;

/// <summary>What user code inside a job may do, and what is taken back of it.</summary>
public sealed class JobRunTests
{
    private static readonly Caller someone = TrackingFixture.Someone;

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task The_first_create_of_each_protocol_joins_the_jobs_run_and_a_further_one_makes_a_child(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (id, job) = await tracking.JobAsync();
        var joined = await CreateAsync(tracking, job, "clearml");
        Assert.Equal((id, "train", RunOwner.Job), (joined.Id, joined.Name, joined.Owner));
        Assert.Equal(id, (await CreateAsync(tracking, job, "mlflow")).Id);
        var child = await CreateAsync(tracking, job, "mlflow");
        Assert.NotEqual(id, child.Id);
        Assert.Equal((id, job.Project), (child.ParentId, child.ProjectId));
        var again = job with { Attempt = "attempt-2" };
        Assert.Equal(id, (await CreateAsync(tracking, again, "mlflow")).Id);
        Assert.Equal([new("from", "tag")], (await tracking.Runs.GetAsync(job, id, RunParts.Tags, default)).Value.Tags);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_the_program_says_about_its_end_is_recorded_and_the_job_ends_the_run(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (id, job) = await tracking.JobAsync();
        var said = (
            await tracking.Runs.SetStatusAsync(job, id, new(RunStatus.Failed) { Reason = "oops" }, default)
        ).Value;
        Assert.Equal(
            (RunStatus.InProgress, RunStatus.Failed, "oops"),
            (said.Status, said.ReportedStatus, said.ReportedReason)
        );
        await tracking.Database.WriteAsync(
            db => tracking.Runs.SetStatusForJobAsync(db, id, RunStatus.Completed, "done", ""),
            default
        );
        Assert.Equal(RunStatus.Completed, (await tracking.Runs.GetAsync(job, id, RunParts.None, default)).Value.Status);
        var child = await CreateAsync(tracking, job, "a");
        Assert.Equal(id, child.Id);
        child = await CreateAsync(tracking, job, "a");
        var ended = await tracking.Runs.SetStatusAsync(
            job,
            child.Id,
            new(RunStatus.Completed) { Force = true },
            default
        );
        Assert.Equal(RunStatus.Completed, ended.Value.Status);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_job_reaches_its_run_and_its_children_only(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (id, job) = await tracking.JobAsync();
        var stranger = await tracking.RunAsync("stranger");
        await CreateAsync(tracking, job, "mlflow");
        var child = await CreateAsync(tracking, job, "mlflow");
        var listed = (await tracking.Runs.QueryAsync(job, new(), default)).Value.Items.Select(run => run.Id);
        Assert.Equal(new[] { id, child.Id }.Order(), listed.Order());
        Assert.Equal(2, (await tracking.Runs.CountAsync(job, new(), default)).Value);
        Assert.True((await tracking.Series.AppendAsync(job, child.Id, [Point(1)], default)).IsOk);
        ErrorKind?[] refusals =
        [
            (await tracking.Runs.GetAsync(job, stranger.Id, RunParts.None, default)).Error?.Kind,
            (await tracking.Runs.UpdateAsync(job, stranger.Id, new() { Comment = "x" }, default)).Error?.Kind,
            (await tracking.Series.AppendAsync(job, stranger.Id, [Point(1)], default)).Error?.Kind,
            (await tracking.Series.ListAsync(job, [stranger.Id], default)).Error?.Kind,
            (await tracking.Logs.ReadAsync(job, stranger.Id, new(), default)).Error?.Kind,
            (await tracking.Plots.ListAsync(job, new([stranger.Id], null), default)).Error?.Kind,
            (await tracking.Inputs.OfRunAsync(job, stranger.Id, default)).Error?.Kind,
        ];
        Assert.All(refusals, kind => Assert.Equal(ErrorKind.PermissionDenied, kind));
        Assert.Equal(
            [id],
            (await tracking.Runs.GetManyAsync(job, [id, stranger.Id], RunParts.None, default)).Value.Select(run =>
                run.Id
            )
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_discarded_attempt_leaves_its_log_marked_and_nothing_else_and_a_rerun_doubles_nothing(
        string store
    )
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (id, first) = await tracking.JobAsync();
        var second = first with { Attempt = "attempt-2" };
        await LogAsync(tracking, first);
        var child = await CreateAsync(tracking, first, "mlflow");
        Assert.NotEqual(id, child.Id);
        await tracking.Database.WriteAsync(db => tracking.Runs.DiscardWriterAsync(db, id, first.Attempt), default);

        var empty = (await tracking.Runs.GetAsync(someone, id, RunParts.All, default)).Value;
        Assert.Empty(empty.Metrics);
        Assert.Empty(empty.Parameters);
        Assert.Equal(0, empty.LastIteration);
        Assert.Empty(empty.Artifacts);
        Assert.Empty(empty.Models);
        Assert.Empty((await tracking.Models.QueryAsync(someone, new(), default)).Value.Items);
        Assert.Equal(
            "tracking.no-such-run",
            (await tracking.Runs.GetAsync(someone, child.Id, RunParts.None, default)).Error?.Code
        );

        await LogAsync(tracking, second);
        var summary = Assert.Single((await tracking.Runs.GetAsync(someone, id, RunParts.All, default)).Value.Metrics);
        Assert.Equal(200, summary.Count);
        var lines = (await tracking.Logs.ReadAsync(someone, id, new(), default)).Value;
        Assert.Equal([true, false], lines.Select(line => line.IsAbandoned));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Discarding_one_attempt_keeps_the_points_of_the_others_and_tells_the_summary_anew(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (id, first) = await tracking.JobAsync();
        var second = first with { Attempt = "attempt-2" };
        await tracking.Series.AppendAsync(someone, id, [.. Points(0, 100)], default);
        await tracking.Series.AppendAsync(first, id, [.. Points(100, 70)], default);
        await tracking.Series.AppendAsync(second, id, [.. Points(300, 5)], default);
        await tracking.Series.AppendAsync(first, id, [.. Points(400, 3)], default);
        await tracking.Database.WriteAsync(db => tracking.Runs.DiscardWriterAsync(db, id, first.Attempt), default);
        var summary = Assert.Single(
            (await tracking.Runs.GetAsync(someone, id, RunParts.Metrics, default)).Value.Metrics
        );
        Assert.Equal((105, 304), (summary.Count, summary.Last.Step));
        var steps = (await tracking.Series.StepsAsync(someone, id, new("m", "m"), StepPage.All, default)).Value;
        Assert.Equal(Points(0, 100).Concat(Points(300, 5)).Select(point => point.Step), steps.Select(one => one.Step));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_jobs_run_is_neither_reset_nor_deleted_by_a_client(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (id, _) = await tracking.JobAsync();
        Assert.Equal(
            "tracking.run-of-job",
            (await tracking.Runs.ResetAsync(someone, id, force: true, StoredFiles.Go, default)).Error?.Code
        );
        Assert.Equal(
            "tracking.run-of-job",
            (await tracking.Runs.DeleteAsync(someone, id, StoredFiles.Go, default)).Error?.Code
        );
    }

    private static Point Point(long step) => new("m", "m", step, step, step);

    private static IEnumerable<Point> Points(int from, int count) =>
        Enumerable.Range(from, count).Select(step => Point(step));

    private static async Task<Run> CreateAsync(TrackingFixture tracking, Caller caller, string protocol) =>
        (
            await tracking.Runs.CreateAsync(
                caller,
                new()
                {
                    Protocol = protocol,
                    Name = "named by the program",
                    With = new() { SetTags = [new("from", "tag")] },
                },
                default
            )
        ).Value;

    private static async Task LogAsync(TrackingFixture tracking, Caller.Job job)
    {
        await CreateAsync(tracking, job, "mlflow");
        Assert.True((await tracking.Series.AppendAsync(job, job.Run, [.. Points(0, 200)], default)).IsOk);
        Assert.True(
            (await tracking.Logs.AppendAsync(job, job.Run, [new LogLine { TimestampMs = 1, Text = "x" }], default)).IsOk
        );
        var model = (await tracking.Models.CreateAsync(job, new() { Name = "net", Register = true }, default)).Value;
        Assert.Equal(job.Run, model.RunId);
        var change = new RunChange
        {
            Parameters = new() { Set = [new("General", "seed", job.Attempt)], Immutable = true },
            SetArtifacts = [new RunArtifact { Key = "out" }],
            SetModels = [new(Tracking.Models.RunModelKind.Output, "net", model.Id)],
        };
        Assert.True((await tracking.Runs.UpdateAsync(job, job.Run, change, default)).IsOk);
        Assert.True(
            (
                await tracking.Plots.PutAsync(
                    job,
                    job.Run,
                    [new(Tracking.Plots.PlotKind.Plot, "p", "v", 1, 1, "{}")],
                    default
                )
            ).IsOk
        );
    }
}
