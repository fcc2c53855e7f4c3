using System.Runtime.CompilerServices;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Jobs;
using Braid.Primitives;
using Braid.Tracking.Logs;
using RunLogs = Braid.Tracking.Logs.Logs;

namespace Braid.Pipelines.Logs;

/// <summary>What the user's programs, and the workers that ran them, had to say.</summary>
public sealed class JobLogs
{
    private readonly Database database;
    private readonly JobCatalog jobs;
    private readonly RunLogs logs;
    private readonly TimeProvider clock;

    internal JobLogs(Database database, JobCatalog jobs, RunLogs logs, TimeProvider clock)
    {
        this.database = database;
        this.jobs = jobs;
        this.logs = logs;
        this.clock = clock;
    }

    /// <summary>The lines in the order they were written, read as they are consumed; a refusal comes before the first.</summary>
    public async Task<Result<IAsyncEnumerable<JobLogLine>>> ReadAsync(
        Caller caller,
        LogFilter filter,
        CancellationToken ct
    )
    {
        if (filter.Pipeline is not { } pipeline)
        {
            return filter.Job is null ? Errors.LogsOfNothing() : await ReadByRunAsync(caller, filter, filter.Job, ct);
        }

        if (filter.Job is { } id)
        {
            var job = await jobs.InspectAsync(caller, pipeline, id, false, ct);
            return job.Select(found => LinesAsync(caller, filter, found, ct));
        }

        return await database.ReadAsync(db => PipelineRows.FindAsync(db, pipeline), ct) is null
            ? Errors.PipelineNotFound(pipeline)
            : Result.Ok(AllAsync(caller, filter, pipeline, ct));
    }

    private async Task<Result<IAsyncEnumerable<JobLogLine>>> ReadByRunAsync(
        Caller caller,
        LogFilter filter,
        string run,
        CancellationToken ct
    ) =>
        RunId.TryParse(run, out var id) && (await jobs.FindByRunAsync(caller, id, ct)).TryGet(out var job, out _)
            ? Result.Ok(LinesAsync(caller, filter, job, ct))
            : Errors.LogsWithoutPipeline();

    /// <summary>The lines of every job of a pipeline, oldest job first; following, those of new jobs as they come.</summary>
    private async IAsyncEnumerable<JobLogLine> AllAsync(
        Caller caller,
        LogFilter filter,
        PipelineRef pipeline,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var seen = new HashSet<RunId>();
        using var watch = database.Changes.Watch(Topics.Jobs);
        while (true)
        {
            var all = await jobs.ListAsync(caller, new() { Pipeline = pipeline, OldestFirst = true }, ct);
            foreach (var job in all.IsOk ? all.Value.Where(job => seen.Add(job.Run)) : [])
            {
                await foreach (var line in LinesAsync(caller, filter, job, ct))
                {
                    yield return line;
                }
            }

            if (!filter.Follow)
            {
                yield break;
            }

            await watch.NextAsync(TimeSpan.FromSeconds(5), ct);
        }
    }

    private async IAsyncEnumerable<JobLogLine> LinesAsync(
        Caller caller,
        LogFilter filter,
        Job job,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var tail = filter.Tail > 0 ? (int)Math.Min(filter.Tail, int.MaxValue) : (int?)null;
        var followed = await logs.FollowAsync(caller, job.Run, 0, tail, filter.Datum, filter.Follow, ct);
        if (filter.Master || !followed.TryGet(out var lines, out _))
        {
            yield break;
        }

        var matching = new LinesOfData(database, job, filter.Data);
        var since = filter.Since is { } age ? (clock.GetUtcNow() - age).ToUnixTimeMilliseconds() : long.MinValue;
        await foreach (var line in lines.WithCancellation(ct))
        {
            if (line.TimestampMs >= since && await matching.IncludesAsync(line, ct))
            {
                yield return Show(job, line);
            }
        }
    }

    private static JobLogLine Show(Job job, LogLine line) =>
        new(
            job.Pipeline,
            job.Set,
            line.Datum ?? "",
            line.Worker,
            line.Source is LogSource.Stdout or LogSource.Stderr,
            DateTimeOffset.FromUnixTimeMilliseconds(line.TimestampMs),
            line.Text
        );
}
