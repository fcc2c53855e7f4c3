using System.Runtime.CompilerServices;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Programs;
using Braid.Primitives;
using Braid.Tracking.Logs;
using RunLogs = Braid.Tracking.Logs.Logs;

namespace Braid.Pipelines.Logs;

/// <summary>
/// What the user's programs, the workers that ran them and the server had to say about jobs. It is kept with the jobs' runs,
/// so it outlives the workers.
/// </summary>
public sealed class JobLogs
{
    private readonly Database database;
    private readonly JobCatalog jobs;
    private readonly DatumCatalog datums;
    private readonly RunLogs logs;
    private readonly TimeProvider clock;

    internal JobLogs(Database database, JobCatalog jobs, DatumCatalog datums, RunLogs logs, TimeProvider clock)
    {
        this.database = database;
        this.jobs = jobs;
        this.datums = datums;
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

        if (filter.Job is { } id and not JobLogLine.SpoutJob)
        {
            var job = await jobs.InspectAsync(caller, pipeline, id, false, ct);
            return job.Select(found => LinesAsync(caller, filter, found, ct));
        }

        if (await database.ReadAsync(db => PipelineRows.FindAsync(db, pipeline), ct) is null)
        {
            return Errors.PipelineNotFound(pipeline);
        }

        return Result.Ok(filter.Follow ? FollowAllAsync(caller, filter, pipeline, ct) : AllAsync(caller, filter, ct));
    }

    /// <summary>Lines of many jobs in the order of their times, read as they are consumed.</summary>
    public async Task<Result<IAsyncEnumerable<JobLogLine>>> SearchAsync(
        Caller caller,
        JobLogSearch search,
        CancellationToken ct
    )
    {
        var wanted = new JobFilter
        {
            Pipeline = search.Pipeline,
            Projects = search.Project is { } project ? [project] : [],
            EndedSince = search.From,
        };
        if (!(await jobs.ListAsync(caller, wanted, ct)).TryGet(out var found, out var error))
        {
            return error;
        }

        var byRun = found
            .Where(job => search.Job is not { } id || $"{job.Set}" == id || $"{job.Run}" == id)
            .ToDictionary(job => job.Run);
        var programs = (await ProgramsAsync(search, ct)).ToDictionary(program => program.RunId);
        var lines = logs.SearchAsync(caller, search.OverRuns([.. byRun.Keys, .. programs.Keys]), ct);
        return Result.Ok(
            lines
                .Select(line =>
                    byRun.TryGetValue(line.Run, out var job)
                        ? JobLogLine.Of(job, line.Line)
                        : JobLogLine.Of(programs[line.Run], line.Line)
                )
                .Where(search.Wants)
        );
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

    /// <summary>The lines of every job of a pipeline, oldest job first.</summary>
    private async IAsyncEnumerable<JobLogLine> AllAsync(
        Caller caller,
        LogFilter filter,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var programs = await ProgramsAsync(new() { Pipeline = filter.Pipeline }, ct);
        IEnumerable<IAsyncEnumerable<JobLogLine>> all =
        [
            .. (await JobsAsync(caller, filter, ct)).Select(job => LinesAsync(caller, filter, job, ct)),
            .. programs.Select(program => LinesAsync(caller, filter, program, ct)),
        ];
        foreach (var log in all)
        {
            await foreach (var line in log)
            {
                yield return line;
            }
        }
    }

    /// <summary>The lines of all jobs as they come, those of new jobs too.</summary>
    private IAsyncEnumerable<JobLogLine> FollowAllAsync(
        Caller caller,
        LogFilter filter,
        PipelineRef pipeline,
        CancellationToken ct
    )
    {
        var seen = new HashSet<RunId>();
        return new LogFollower(database.Changes, Topics.Jobs, Topics.Programs).FollowAsync(
            async stop =>
                [
                    .. (await JobsAsync(caller, filter, stop))
                        .Where(job => seen.Add(job.Run))
                        .Select(job => LinesAsync(caller, filter, job, stop)),
                    .. (await ProgramsAsync(new() { Pipeline = pipeline }, stop))
                        .Where(program => seen.Add(program.RunId))
                        .Select(program => LinesAsync(caller, filter, program, stop)),
                ],
            ct
        );
    }

    /// <summary>The programs of spouts whose lines can be found.</summary>
    private async Task<IReadOnlyList<ProgramRow>> ProgramsAsync(JobLogSearch search, CancellationToken ct) =>
        search.Job is not (null or JobLogLine.SpoutJob)
            ? []
            : await database.ReadAsync(
                db => ProgramRows.OfAsync(db, search.Pipeline?.Project ?? search.Project, search.Pipeline?.Name),
                ct
            );

    private async Task<IReadOnlyList<Job>> JobsAsync(Caller caller, LogFilter filter, CancellationToken ct)
    {
        if (filter.Job == JobLogLine.SpoutJob)
        {
            return [];
        }

        var wanted = new JobFilter
        {
            Pipeline = filter.Pipeline,
            OldestFirst = true,
            EndedSince = clock.GetUtcNow() - filter.Since,
        };
        return (await jobs.ListAsync(caller, wanted, ct)).TryGet(out var found, out _) ? found : [];
    }

    private async IAsyncEnumerable<JobLogLine> LinesAsync(
        Caller caller,
        LogFilter filter,
        Job job,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var matching = new LinesOfData(datums, job, filter.Master ? [] : filter.Data);
        await foreach (var line in LinesAsync(caller, filter, job.Run, ct))
        {
            if (await matching.IncludesAsync(line, ct))
            {
                yield return JobLogLine.Of(job, line);
            }
        }
    }

    /// <summary>A spout reads no data, so no line is of a datum.</summary>
    private IAsyncEnumerable<JobLogLine> LinesAsync(
        Caller caller,
        LogFilter filter,
        ProgramRow program,
        CancellationToken ct
    ) =>
        filter.Datum is not null || filter.Data.Count > 0
            ? AsyncEnumerable.Empty<JobLogLine>()
            : LinesAsync(caller, filter, program.RunId, ct).Select(line => JobLogLine.Of(program, line));

    private async IAsyncEnumerable<LogLine> LinesAsync(
        Caller caller,
        LogFilter filter,
        RunId run,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var tail = filter.Tail > 0 ? (int)Math.Min(filter.Tail, int.MaxValue) : (int?)null;
        // The server's own lines are about jobs, not about datums.
        var datum = filter.Master ? "" : filter.Datum;
        var followed = await logs.FollowAsync(caller, run, 0, tail, datum, filter.Follow, ct);
        if (!followed.TryGet(out var lines, out _))
        {
            yield break;
        }

        var since = filter.Since is { } age ? (clock.GetUtcNow() - age).ToUnixTimeMilliseconds() : long.MinValue;
        await foreach (var line in lines.WithCancellation(ct))
        {
            if (line.TimestampMs >= since && line.Source == LogSource.Server == filter.Master)
            {
                yield return line;
            }
        }
    }
}
