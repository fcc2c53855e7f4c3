using Braid.Metadata;
using Braid.Pipelines.Creation;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Pipelines.Programs;

/// <summary>
/// Keeps the programs of spouts and services running, looking at what is stored: 1 a program whose pipeline was stopped, updated or
/// deleted, or whose service has newer data, is ended; 2 one that should run, does not, and has waited long enough is started; 3 one that has run for a while
/// counts as recovered. What another server's turn left behind is void. Programs die with this server.
/// </summary>
internal sealed class ProgramLoop(ProgramParts parts, ServiceJobs services) : IAsyncDisposable
{
    private readonly Dictionary<PipelineRef, RunningProgram> running = [];

    public async Task<bool> StepAsync(CancellationToken ct)
    {
        var wanted = (await WantedAsync(ct)).ToDictionary(work => work.Pipeline.Pipeline);
        // 1
        foreach (var (pipeline, program) in running.ToList())
        {
            if (program.Ended.IsCompleted || wanted.GetValueOrDefault(pipeline)?.Identity != program.Work.Identity)
            {
                running.Remove(pipeline);
                await program.StopAsync();
            }
        }

        // 2
        foreach (var (pipeline, work) in wanted.Where(pair => !running.ContainsKey(pair.Key)))
        {
            if (await ReadyAsync(work, ct) is { } row)
            {
                running.Add(pipeline, RunningProgram.Start(parts, work, row));
            }
        }

        // 3
        await RecoverAsync(ct);
        return false;
    }

    /// <summary>What ran when this server's predecessor died runs no more: its credentials die.</summary>
    public Task TakeOverAsync(CancellationToken ct) =>
        parts.Database.WriteAsync(
            async db =>
            {
                foreach (var row in await ProgramRows.RunningAsync(db))
                {
                    await VoidAsync(db, row);
                }
            },
            ct
        );

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(running.Values.Select(program => program.StopAsync()));
        running.Clear();
    }

    /// <summary>The programs that are to run here: none once another server has taken over.</summary>
    private async Task<IReadOnlyList<ProgramWork>> WantedAsync(CancellationToken ct)
    {
        if (!await parts.Database.ReadAsync(IsHostAsync, ct))
        {
            return [];
        }

        var spouts = await parts.Database.ReadAsync(PipelineRows.SpoutsAsync, ct);
        return [.. spouts.Select(spout => new ProgramWork(spout, null, null)), .. await services.WantedAsync(ct)];
    }

    private async Task<bool> IsHostAsync(DbRead db) =>
        await db.FirstOrDefaultAsync<string>("SELECT epoch FROM worker_host WHERE name = 'host'") == parts.Epoch;

    /// <summary>The program, when it may be started now; it is made, with a spout's run, when there is none.</summary>
    private async Task<ProgramRow?> ReadyAsync(ProgramWork work, CancellationToken ct)
    {
        var pipeline = work.Pipeline;
        var row = await parts.Database.ReadAsync(
            db => ProgramRows.FindAsync(db, pipeline.Pipeline, pipeline.Version),
            ct
        );
        if (row is null || row.SetId != work.Job?.SetId)
        {
            row = await MakeAsync(work, ct);
        }

        if (row is { IsRunning: true })
        {
            // It does not run here, so it runs nowhere: its end could not be recorded.
            await parts.Database.WriteAsync(db => VoidAsync(db, row), ct);
            return null;
        }

        return row?.NextStartAt <= parts.Clock.GetUtcNow() ? row : null;
    }

    private async Task VoidAsync(DbWrite db, ProgramRow row)
    {
        var attempt = row.Attempt ?? "";
        await parts.Authenticator.RevokeAttemptAsync(db, attempt);
        await ProgramRows.EndAsync(db, row, attempt, row.Failures, parts.Clock.GetUtcNow(), row.Reason);
    }

    private async Task<ProgramRow?> MakeAsync(ProgramWork work, CancellationToken ct)
    {
        var pipeline = work.Pipeline;
        var id = new RunId(parts.Ids.Next());
        return await parts.Database.WriteAsync(
            async db =>
            {
                // It may have gone, or have a newer version, since it was looked at.
                if ((await PipelineRows.FindAsync(db, pipeline.Pipeline))?.Version != pipeline.Version)
                {
                    return null;
                }

                var (run, project) = work.Job is { } job
                    ? (job.RunId, job.RunProject)
                    : (id, await MakeRunAsync(db, pipeline, id));
                var row = new ProgramRow
                {
                    Project = pipeline.Project,
                    Pipeline = pipeline.Name,
                    Version = pipeline.Version,
                    RunId = run,
                    RunProject = project,
                    SetId = work.Job?.SetId,
                    NextStartAt = parts.Clock.GetUtcNow(),
                };
                await ProgramRows.WriteAsync(db, row);
                db.Announce(Topics.Programs);
                return row;
            },
            ct
        );
    }

    /// <summary>A version of a spout has a run of its own; that of the version before has ended.</summary>
    private async Task<ProjectId> MakeRunAsync(DbWrite db, PipelineRow pipeline, RunId id)
    {
        foreach (var older in await ProgramRows.OfPipelineAsync(db, pipeline.Pipeline))
        {
            await parts.Runs.SetStatusForJobAsync(db, older.RunId, RunStatus.Stopped, "updated", "");
        }

        var run = new NewJobRun(id, null, pipeline.Project, pipeline.Name)
        {
            Type = "service",
            Status = RunStatus.InProgress,
        };
        return await parts.Runs.CreateForJobAsync(db, run);
    }

    private async Task RecoverAsync(CancellationToken ct)
    {
        var before = parts.Clock.GetUtcNow() - BackOff.Steady;
        var rows = await parts.Database.ReadAsync(ProgramRows.RunningAsync, ct);
        if (rows.Any(row => row.Failures > 0 && row.StartedAt < before))
        {
            await parts.Database.WriteAsync(db => ProgramRows.RecoverAsync(db, before), ct);
        }
    }
}
