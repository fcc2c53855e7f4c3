using Braid.Access.Credentials;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Logs;
using Braid.Primitives;
using Braid.Storage.Trees;
using Braid.Tracking.Runs;
using RunLogs = Braid.Tracking.Logs.Logs;

namespace Braid.Pipelines.Workers;

/// <summary>
/// Hands datums to workers, one attempt at a time, and takes their results. Every write of a worker names its attempt, and
/// is refused when the datum is no longer that attempt's: the job was killed, or another server took over.
/// </summary>
internal sealed class DatumLeases(
    Database database,
    Commits commits,
    Runs runs,
    RunLogs logs,
    Authenticator authenticator,
    IdSource ids
)
{
    private const string host = "host";

    /// <summary>This server's turn of running datums; leases of any other turn are void.</summary>
    public string Epoch { get; } = ids.Next().ToString();

    /// <summary>
    /// Makes this server the one that runs datums. What another one had begun is begun again: its credentials die, what it
    /// tracked is taken back.
    /// </summary>
    public Task TakeOverAsync(CancellationToken ct) =>
        database.WriteAsync(
            async db =>
            {
                await db.ExecuteAsync(
                    """
                    INSERT INTO worker_host (name, epoch) VALUES (@host, @Epoch)
                    ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch
                    """,
                    new { host, Epoch }
                );
                var lost = await db.QueryAsync<DatumRow>(
                    DatumRow.Select + " WHERE epoch IS NOT NULL AND epoch <> @Epoch",
                    new { Epoch }
                );
                foreach (var datum in lost)
                {
                    await AbandonAsync(db, datum);
                }
            },
            ct
        );

    /// <summary>The next datum of a running job that has a worker to spare, or null.</summary>
    public async Task<DatumLease?> TakeAsync(string worker, CancellationToken ct)
    {
        if (await database.ReadAsync(NextAsync, ct) is null)
        {
            return null;
        }

        var attempt = ids.Next().ToString();
        return await database.WriteAsync(db => LeaseAsync(db, worker, attempt), ct);
    }

    /// <summary>True while the datum is this attempt's.</summary>
    public Task<bool> HoldsAsync(DatumLease lease, CancellationToken ct) =>
        database.ReadAsync(
            async db =>
                await db.ScalarAsync<long>(
                    "SELECT COUNT(*) FROM datum WHERE job_id = @JobId AND id = @Id AND attempt = @Attempt",
                    new
                    {
                        lease.Datum.JobId,
                        lease.Datum.Id,
                        lease.Attempt,
                    }
                ) > 0,
            ct
        );

    /// <summary>Records how the attempt went; false, and nothing recorded, when the datum is no longer its own.</summary>
    public Task<bool> CompleteAsync(DatumLease lease, DatumOutcome outcome, CancellationToken ct) =>
        database.WriteAsync(db => CompleteAsync(db, lease, outcome), ct);

    /// <summary>Gives the datum back unfinished: the server is going down.</summary>
    public Task ReleaseAsync(DatumLease lease, CancellationToken ct) =>
        database.WriteAsync(
            async db =>
            {
                var datum = await DatumRows.FindAsync(db, lease.Datum.JobId, lease.Datum.Id);
                if (datum?.Attempt == lease.Attempt)
                {
                    await AbandonAsync(db, datum);
                }
            },
            ct
        );

    private async Task<DatumLease?> LeaseAsync(DbWrite db, string worker, string attempt)
    {
        if (!await IsHostAsync(db) || await NextAsync(db) is not var (job, datum))
        {
            return null;
        }

        await db.ExecuteAsync(
            """
            UPDATE datum SET state = @starting, attempt = @attempt, epoch = @Epoch, worker = @worker, tries = tries + 1
            WHERE job_id = @JobId AND id = @Id
            """,
            new
            {
                datum.JobId,
                datum.Id,
                starting = (long)DatumState.Starting,
                attempt,
                Epoch,
                worker,
            }
        );
        var spec = job.ReadSpec();
        var keys = await authenticator.IssueForJobAsync(db, job.CallerOf(attempt, spec));
        return new(job, spec, datum with { Tries = datum.Tries + 1 }, attempt, worker, keys, await ReadsAsync(db, job));
    }

    private async Task<bool> IsHostAsync(DbRead db) =>
        await db.FirstOrDefaultAsync<string>("SELECT epoch FROM worker_host WHERE name = @host", new { host }) == Epoch;

    /// <summary>The first datum to run of the oldest running job that may use another worker.</summary>
    private static async Task<(JobRow Job, DatumRow Datum)?> NextAsync(DbRead db)
    {
        var running = await db.QueryAsync<JobRow>(
            JobRow.Select
                + """
                 WHERE j.state = @running
                   AND EXISTS (SELECT 1 FROM datum d WHERE d.job_id = j.id AND d.state = @unknown)
                ORDER BY j.id
                """,
            new { running = (long)JobState.Running, unknown = (long)DatumState.Unknown }
        );
        foreach (var job in running)
        {
            var busy = await DatumRows.LeasedAsync(db, job.Id);
            if (
                busy.Count < job.ReadSpec().Parallelism
                && await db.FirstOrDefaultAsync<DatumRow>(
                    DatumRow.Select + " WHERE job_id = @Id AND state = @unknown ORDER BY tries, id LIMIT 1",
                    new { job.Id, unknown = (long)DatumState.Unknown }
                )
                    is { } datum
            )
            {
                return (job, datum);
            }
        }

        return null;
    }

    private async Task<IReadOnlyDictionary<int, (CommitName Commit, TreeRoot Root)>> ReadsAsync(DbRead db, JobRow job)
    {
        var reads = new Dictionary<int, (CommitName, TreeRoot)>();
        foreach (var input in await JobRows.InputsAsync(db, job.Id))
        {
            if (await commits.FindAsync(db, input.Commit) is { } commit)
            {
                reads[(int)input.Leaf] = (commit.Name, commit.Root);
            }
        }

        return reads;
    }

    private async Task<bool> CompleteAsync(DbWrite db, DatumLease lease, DatumOutcome outcome)
    {
        var again = outcome.State == DatumState.Failed && lease.Datum.Tries < lease.Spec.DatumTries;
        var state = again ? DatumState.Unknown : outcome.State;
        var own = await db.ExecuteAsync(
            """
            UPDATE datum SET state = @state, output = @output, attempt = NULL, epoch = NULL, worker = NULL,
              download_time = @DownloadTime, process_time = @ProcessTime, upload_time = @UploadTime,
              download_bytes = @DownloadBytes, upload_bytes = @UploadBytes
            WHERE job_id = @JobId AND id = @Id AND attempt = @Attempt
            """,
            new
            {
                lease.Datum.JobId,
                lease.Datum.Id,
                lease.Attempt,
                state = (long)state,
                output = outcome.Output.IsEmpty ? (Sha256Hash?)null : outcome.Output.Hash,
                outcome.Stats.DownloadTime,
                outcome.Stats.ProcessTime,
                outcome.Stats.UploadTime,
                outcome.Stats.DownloadBytes,
                outcome.Stats.UploadBytes,
            }
        );
        if (own == 0)
        {
            return false;
        }

        await authenticator.RevokeAttemptAsync(db, lease.Attempt);
        if (again)
        {
            // Another attempt will track the same things: without this they would be there twice.
            await runs.DiscardWriterAsync(db, lease.Job.RunId, lease.Attempt);
            db.Announce(Topics.Work);
        }
        else
        {
            await CountAsync(db, lease.Job, outcome);
        }

        JobRows.Announce(db, lease.Job.SetId);
        return true;
    }

    private static Task CountAsync(DbWrite db, JobRow job, DatumOutcome outcome) =>
        db.ExecuteAsync(
            """
            UPDATE job SET
              processed = processed + @processed, failed = failed + @failed, recovered = recovered + @recovered,
              download_time = download_time + @DownloadTime, process_time = process_time + @ProcessTime,
              upload_time = upload_time + @UploadTime, download_bytes = download_bytes + @DownloadBytes,
              upload_bytes = upload_bytes + @UploadBytes
            WHERE id = @Id
            """,
            new
            {
                job.Id,
                processed = outcome.State == DatumState.Success ? 1L : 0,
                failed = outcome.State == DatumState.Failed ? 1L : 0,
                recovered = outcome.State == DatumState.Recovered ? 1L : 0,
                outcome.Stats.DownloadTime,
                outcome.Stats.ProcessTime,
                outcome.Stats.UploadTime,
                outcome.Stats.DownloadBytes,
                outcome.Stats.UploadBytes,
            }
        );

    /// <summary>Ends an attempt as if it had never begun; it does not count as one of the datum's tries.</summary>
    private async Task AbandonAsync(DbWrite db, DatumRow datum)
    {
        await db.ExecuteAsync(
            """
            UPDATE datum SET state = @unknown, attempt = NULL, epoch = NULL, worker = NULL, tries = tries - 1
            WHERE job_id = @JobId AND id = @Id
            """,
            new
            {
                datum.JobId,
                datum.Id,
                unknown = (long)DatumState.Unknown,
            }
        );
        await db.ExecuteAsync("UPDATE job SET restarts = restarts + 1 WHERE id = @JobId", datum);
        if (datum.Attempt is { } attempt && await JobRows.FindAsync(db, datum.JobId) is { } job)
        {
            await authenticator.RevokeAttemptAsync(db, attempt);
            await runs.DiscardWriterAsync(db, job.RunId, attempt);
            await logs.AppendForJobAsync(db, job.RunId, JobDecisions.GaveBack($"{datum.Id}", datum.Worker ?? ""));
            JobRows.Announce(db, job.SetId);
        }

        db.Announce(Topics.Work);
    }
}
