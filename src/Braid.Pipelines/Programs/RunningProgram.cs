using Braid.Access.Credentials;
using Braid.Compute.Processes;
using Braid.Metadata;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Logs;
using Braid.Pipelines.Specs;
using Braid.Pipelines.Workers;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Pipelines.Programs;

/// <summary>
/// One run of a spout's or a service's program: 1 it gets credentials of its own, and the database says that it runs; 2 its port, if it has
/// one, is checked and passed on; 3 it runs in the sandbox; 4 when it has ended, by itself or because it was stopped, its
/// credentials die, and the database says why and when it is to be started again.
/// </summary>
internal sealed class RunningProgram
{
    private readonly ProgramParts parts;
    private readonly ProgramWork work;
    private readonly ProgramRow row;
    private readonly string attempt;
    private readonly CancellationTokenSource stop = new();

    private RunningProgram(ProgramParts parts, ProgramWork work, ProgramRow row, string attempt)
    {
        this.parts = parts;
        this.work = work;
        this.row = row;
        this.attempt = attempt;
        Ended = RunAsync();
    }

    public ProgramWork Work => work;

    /// <summary>Completes when it has ended and that is recorded.</summary>
    public Task Ended { get; }

    public static RunningProgram Start(ProgramParts parts, ProgramWork work, ProgramRow row) =>
        new(parts, work, row, parts.Ids.Next().ToString());

    /// <summary>Returns when it has ended.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await Ended;
        stop.Dispose();
    }

    private string Worker => $"{work.Pipeline.Name}-v{row.Version}";

    private async Task RunAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var reason = "the server could not run it";
        try
        {
            reason = await AttemptAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            reason = "";
        }
        finally
        {
            // 4
            await parts.Database.WriteAsync(db => EndAsync(db, reason), CancellationToken.None);
        }
    }

    /// <summary>Why it ended; empty when it was stopped.</summary>
    private async Task<string> AttemptAsync(CancellationToken ct)
    {
        // 1
        if (await parts.Database.WriteAsync(BeginAsync, ct) is not { } keys)
        {
            return "";
        }

        var spec = work.Spec;
        if (!RunAs.Of(spec).TryGet(out var runAs, out var error))
        {
            return error.Message;
        }

        var made = await ProgramFolder.MakeAsync(
            Path.Combine(parts.Folder, attempt),
            work.Pipeline,
            spec,
            keys,
            parts.Doors,
            parts.Secrets,
            parts.Database,
            ct
        );
        if (!made.TryGet(out var folder, out error))
        {
            return error.Message;
        }

        using (folder)
        {
            // 2
            if (!ServicePort.Open(work.Service).TryGet(out var port, out error))
            {
                return error.Message;
            }

            await using (port)
            {
                // 3
                if (work.Inputs is { } inputs)
                {
                    folder.Add(await parts.Inputs.LayOutAsync(inputs, Path.Combine(folder.Path, "pfs"), ct));
                }

                var services = await parts.Database.ReadAsync(ServiceAddress.VariablesAsync, ct);
                var environment = ProgramEnvironment.Of(
                    work,
                    Worker,
                    parts.Doors,
                    keys,
                    [.. services, .. spec.Transform.Env, .. folder.Variables]
                );
                return await ShowAsync(() => ExecuteAsync(Specify(spec, runAs, environment, folder), ct));
            }
        }
    }

    /// <summary>Who asks what is done for the job is told of the program as long as it runs.</summary>
    private async Task<string> ShowAsync(Func<Task<string>> execute)
    {
        if (work.ActivityOf(Worker, parts.Clock.GetUtcNow()) is not { } activity)
        {
            return await execute();
        }

        parts.Desks.Add(activity);
        try
        {
            return await execute();
        }
        finally
        {
            parts.Desks.Remove(activity);
        }
    }

    /// <summary>Null when another attempt runs.</summary>
    private async Task<KeyPair?> BeginAsync(DbWrite db)
    {
        if (!await ProgramRows.BeginAsync(db, row, attempt, parts.Epoch, parts.Clock.GetUtcNow()))
        {
            return null;
        }

        if (work.Job is null)
        {
            await parts.Runs.SetStatusForJobAsync(db, row.RunId, RunStatus.InProgress, "", "");
        }

        return await parts.Authenticator.IssueForJobAsync(db, work.CallerOf(row, attempt));
    }

    private static ProcessSpec Specify(
        PipelineSpec spec,
        RunAs runAs,
        Dictionary<string, string> environment,
        ProgramFolder folder
    ) =>
        new()
        {
            Command = spec.Transform.Cmd,
            StandardInput = spec.Transform.Stdin,
            Environment = environment,
            WorkingDirectory = spec.Transform.WorkingDir is { Length: > 0 } directory ? directory : "/",
            Mounts = folder.Mounts,
            User = runAs.User,
            Limits = runAs.Limits,
        };

    private async Task<string> ExecuteAsync(ProcessSpec spec, CancellationToken ct)
    {
        await using var log = new ProgramLog(parts, work.CallerOf(row, attempt), Worker);
        await log.WorkerAsync($"starts the program, for the {row.Starts + 1}. time");
        var process = await parts.Executor.StartAsync(spec, log.UserAsync);
        await using var stopping = ct.Register(process.Stop);
        var exit = await process.Exit;
        ct.ThrowIfCancellationRequested();
        await log.WorkerAsync($"the program {exit}");
        return $"the program {exit}";
    }

    private async Task EndAsync(DbWrite db, string reason)
    {
        await parts.Authenticator.RevokeAttemptAsync(db, attempt);
        var now = parts.Clock.GetUtcNow();
        var current = await ProgramRows.FindAsync(db, row.Ref, row.Version);
        var steady = current?.StartedAt is { } started && now - started >= BackOff.Steady;
        var failures =
            reason.Length == 0 ? 0
            : steady ? 1
            : row.Failures + 1;
        var next = failures == 0 ? now : now + BackOff.After(failures);
        if (failures == 0 && work.Job is null)
        {
            await parts.Runs.SetStatusForJobAsync(db, row.RunId, RunStatus.Stopped, "stopped", "");
        }

        if (await ProgramRows.EndAsync(db, row, attempt, failures, next, reason) && failures > 0)
        {
            await parts.Logs.AppendForJobAsync(db, row.RunId, JobDecisions.StartsAgain(reason, next));
            await db.ExecuteAsync(
                "UPDATE job SET restarts = restarts + 1 WHERE id = @id",
                new { id = work.Job?.Id ?? 0 }
            );
        }
    }
}
