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

    private readonly JobSeats seats = new();

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
                await authenticator.RevokeJobsAsync(db);
                var lost = await db.QueryAsync<DatumRow>(
                    DatumRow.Select + " WHERE epoch IS NOT NULL AND epoch <> @Epoch",
                    new { Epoch }
                );
                foreach (var job in lost.GroupBy(datum => datum.JobId))
                {
                    await RestartAsync(db, job.Key, [.. job]);
                }
            },
            ct
        );

    /// <summary>The next datums of a running job that has a worker to spare, at most so many; empty when there are none.</summary>
    public async Task<IReadOnlyList<DatumLease>> TakeAsync(string worker, int most, CancellationToken ct)
    {
        if (await database.ReadAsync(db => NextAsync(db, worker, 1), ct) is null)
        {
            return [];
        }

        string[] attempts = [.. Enumerable.Range(0, most).Select(_ => ids.Next().ToString())];
        var leases = await database.WriteAsync(db => LeaseAsync(db, worker, attempts), ct);
        if (leases.Count > 0)
        {
            seats.Sit(worker, leases[0].Job.Id);
        }

        return leases;
    }

    /// <summary>The worker works for no job any more, so another one may take its place.</summary>
    public void Leave(string worker) => seats.Leave(worker);

    /// <summary>
    /// Credentials of a program that stays alive from datum to datum, and what they are revoked by. They reach what its datums'
    /// reach, and die with the job at the latest.
    /// </summary>
    public async Task<(string Attempt, KeyPair Keys)> IssueForProgramAsync(DatumLease lease, CancellationToken ct)
    {
        var attempt = ids.Next().ToString();
        var caller = lease.Job.CallerOf(attempt, lease.Spec);
        return (attempt, await database.WriteAsync(db => authenticator.IssueForJobAsync(db, caller), ct));
    }

    public Task RevokeProgramAsync(string attempt) =>
        database.WriteAsync(db => authenticator.RevokeAttemptAsync(db, attempt), CancellationToken.None);

    /// <summary>The attempts of these that still are what their datums belong to.</summary>
    public Task<IReadOnlySet<string>> HeldAsync(IReadOnlyList<DatumLease> leases, CancellationToken ct) =>
        database.ReadAsync(db => HeldAsync(db, leases[0]), ct);

    /// <summary>
    /// Records how attempts of one job went. Nothing is recorded of those whose datum is no longer their own; what is
    /// answered are the others.
    /// </summary>
    public Task<IReadOnlyList<DatumLease>> CompleteAsync(
        IReadOnlyList<(DatumLease Lease, DatumOutcome Outcome)> ended,
        CancellationToken ct
    ) =>
        database.WriteAsync<IReadOnlyList<DatumLease>>(
            async db =>
            {
                if (ended.Count == 0)
                {
                    return [];
                }

                var held = await HeldAsync(db, ended[0].Lease);
                (DatumLease Lease, DatumOutcome Outcome)[] own =
                [
                    .. ended.Where(one => held.Contains(one.Lease.Attempt)),
                ];
                if (own is not [])
                {
                    await CompleteAsync(db, own);
                    await CountAsync(db, own);
                }

                return [.. own.Select(one => one.Lease)];
            },
            ct
        );

    /// <summary>Gives datums of one job back that were begun and cannot be finished: the server is going down.</summary>
    public Task ReleaseAsync(IReadOnlyList<DatumLease> leases, CancellationToken ct) =>
        database.WriteAsync(
            async db =>
            {
                if (await OwnAsync(db, leases) is { Count: > 0 } own)
                {
                    await RestartAsync(db, own[0].JobId, own);
                }
            },
            ct
        );

    /// <summary>Gives datums of one job back that were never begun.</summary>
    public Task ReturnAsync(IReadOnlyList<DatumLease> leases, CancellationToken ct) =>
        database.WriteAsync(
            async db =>
            {
                if (await OwnAsync(db, leases) is { Count: > 0 } own)
                {
                    await UndoAsync(db, own[0].JobId, own);
                }
            },
            ct
        );

    private async Task<IReadOnlyList<DatumLease>> LeaseAsync(DbWrite db, string worker, IReadOnlyList<string> attempts)
    {
        if (!await IsHostAsync(db) || await NextAsync(db, worker, attempts.Count) is not var (job, datums))
        {
            return [];
        }

        var spec = job.ReadSpec();
        var reads = await ReadsAsync(db, job);
        string[] taken = [.. attempts.Take(datums.Count)];
        var keys = await authenticator.IssueForJobAsync(db, [.. taken.Select(attempt => job.CallerOf(attempt, spec))]);
        // Those whose inputs lie together go one after the other: their folders and their bytes are at hand then.
        DatumLease[] leases =
        [
            .. datums
                .Select(
                    (datum, at) =>
                        new DatumLease(
                            job,
                            spec,
                            datum with
                            {
                                Tries = datum.Tries + 1,
                            },
                            taken[at],
                            worker,
                            keys[at],
                            reads
                        )
                )
                .OrderBy(lease => lease.Inputs.Count > 0 ? lease.Inputs[0].Path : "", StringComparer.Ordinal),
        ];
        await db.ExecuteAsync(
            """
            UPDATE datum SET state = @starting, attempt = @Attempt, epoch = @Epoch, worker = @worker, tries = tries + 1
            WHERE job_id = @JobId AND id = @Id
            """,
            leases.Select(lease => new
            {
                lease.Datum.JobId,
                lease.Datum.Id,
                starting = (long)DatumState.Starting,
                lease.Attempt,
                Epoch,
                worker,
            })
        );
        return leases;
    }

    private async Task<bool> IsHostAsync(DbRead db) =>
        await db.FirstOrDefaultAsync<string>("SELECT epoch FROM worker_host WHERE name = @host", new { host }) == Epoch;

    /// <summary>The first datums to run of the oldest running job that this worker works for, or that may use another one.</summary>
    private async Task<(JobRow Job, IReadOnlyList<DatumRow> Datums)?> NextAsync(DbRead db, string worker, int most)
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
            var spec = job.ReadSpec();
            if (seats.MaySit(worker, job.Id, spec.Parallelism) && await WorkersAsync(db, job) < spec.Parallelism)
            {
                var size = DatumSetSize.Of(spec.DatumSets, job.Total - job.Skipped, job.Remaining, spec.Parallelism);
                var datums = await db.QueryAsync<DatumRow>(
                    DatumRow.Select + " WHERE job_id = @Id AND state = @unknown ORDER BY tries, id LIMIT @most",
                    new
                    {
                        job.Id,
                        unknown = (long)DatumState.Unknown,
                        most = Math.Min(most, size),
                    }
                );
                return (job, DatumSetSize.Cut(spec.DatumSets, datums));
            }
        }

        return null;
    }

    /// <summary>How many workers have datums of a job.</summary>
    private static Task<long> WorkersAsync(DbRead db, JobRow job) =>
        db.ScalarAsync<long>(
            "SELECT COUNT(DISTINCT worker) FROM datum WHERE job_id = @Id AND state = @starting",
            new { job.Id, starting = (long)DatumState.Starting }
        );

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

    private async Task CompleteAsync(DbWrite db, IReadOnlyList<(DatumLease Lease, DatumOutcome Outcome)> own)
    {
        await db.ExecuteAsync(
            """
            UPDATE datum SET state = @state, output = @output, attempt = NULL, epoch = NULL, worker = NULL,
              download_time = @DownloadTime, process_time = @ProcessTime, upload_time = @UploadTime,
              download_bytes = @DownloadBytes, upload_bytes = @UploadBytes
            WHERE job_id = @JobId AND id = @Id AND attempt = @Attempt
            """,
            own.Select(one => new
            {
                one.Lease.Datum.JobId,
                one.Lease.Datum.Id,
                one.Lease.Attempt,
                state = (long)(IsTriedAgain(one.Lease, one.Outcome) ? DatumState.Unknown : one.Outcome.State),
                output = one.Outcome.Output.IsEmpty ? (Sha256Hash?)null : one.Outcome.Output.Hash,
                one.Outcome.Stats.DownloadTime,
                one.Outcome.Stats.ProcessTime,
                one.Outcome.Stats.UploadTime,
                one.Outcome.Stats.DownloadBytes,
                one.Outcome.Stats.UploadBytes,
            })
        );
        await authenticator.RevokeAttemptsAsync(db, own.Select(one => one.Lease.Attempt));
        foreach (var (lease, _) in own.Where(one => IsTriedAgain(one.Lease, one.Outcome)))
        {
            // Another attempt will track the same things: without this they would be there twice.
            await runs.DiscardWriterAsync(db, lease.Job.RunId, lease.Attempt);
            db.Announce(Topics.Work);
        }
    }

    private static bool IsTriedAgain(DatumLease lease, DatumOutcome outcome) =>
        outcome.State == DatumState.Failed && lease.Datum.Tries < lease.Spec.DatumTries;

    private static async Task CountAsync(DbWrite db, IReadOnlyList<(DatumLease Lease, DatumOutcome Outcome)> own)
    {
        var job = own[0].Lease.Job;
        JobRows.Announce(db, job.SetId);
        DatumOutcome[] final = [.. own.Where(one => !IsTriedAgain(one.Lease, one.Outcome)).Select(one => one.Outcome)];
        var stats = final.Aggregate(new ProcessStats(), (sum, outcome) => sum + outcome.Stats);
        var remaining = await db.ScalarAsync<long>(
            """
            UPDATE job SET
              processed = processed + @processed, failed = failed + @failed, recovered = recovered + @recovered,
              remaining = remaining - @ended,
              download_time = download_time + @DownloadTime, process_time = process_time + @ProcessTime,
              upload_time = upload_time + @UploadTime, download_bytes = download_bytes + @DownloadBytes,
              upload_bytes = upload_bytes + @UploadBytes
            WHERE id = @Id RETURNING remaining
            """,
            new
            {
                job.Id,
                ended = (long)final.Length,
                processed = final.LongCount(outcome => outcome.State == DatumState.Success),
                failed = final.LongCount(outcome => outcome.State == DatumState.Failed),
                recovered = final.LongCount(outcome => outcome.State == DatumState.Recovered),
                stats.DownloadTime,
                stats.ProcessTime,
                stats.UploadTime,
                stats.DownloadBytes,
                stats.UploadBytes,
            }
        );
        if (remaining == 0)
        {
            await JobRows.FinishAsync(db, job);
        }

        // The job ends, or may use another worker.
        db.Announce(remaining == 0 ? Topics.Moves : Topics.Work);
    }

    /// <summary>The attempts that the lease's worker has of its job.</summary>
    private async Task<IReadOnlySet<string>> HeldAsync(DbRead db, DatumLease lease)
    {
        var held = await db.QueryAsync<string>(
            """
            SELECT attempt FROM datum
            WHERE job_id = @JobId AND state = @starting AND epoch = @Epoch AND worker = @Worker
            """,
            new
            {
                lease.Datum.JobId,
                starting = (long)DatumState.Starting,
                Epoch,
                lease.Worker,
            }
        );
        return held.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The datums of one job that still are the leases' own.</summary>
    private async Task<IReadOnlyList<DatumRow>> OwnAsync(DbRead db, IReadOnlyList<DatumLease> leases)
    {
        var held = await HeldAsync(db, leases[0]);
        return
        [
            .. leases
                .Where(lease => held.Contains(lease.Attempt))
                .Select(lease => lease.Datum with { Attempt = lease.Attempt, Worker = lease.Worker }),
        ];
    }

    /// <summary>Undoes attempts that a worker lost, which the job counts and its log says.</summary>
    private async Task RestartAsync(DbWrite db, long jobId, IReadOnlyList<DatumRow> datums)
    {
        await UndoAsync(db, jobId, datums);
        await db.ExecuteAsync("UPDATE job SET restarts = restarts + 1 WHERE id = @jobId", new { jobId });
        if (await JobRows.FindAsync(db, jobId) is { } job)
        {
            foreach (var worker in datums.GroupBy(datum => datum.Worker ?? "", StringComparer.Ordinal))
            {
                string[] ids = [.. worker.Select(datum => $"{datum.Id}")];
                await logs.AppendForJobAsync(db, job.RunId, JobDecisions.GaveBack(ids, worker.Key));
            }
        }
    }

    /// <summary>Ends attempts as if they had never begun; they do not count as tries.</summary>
    private async Task UndoAsync(DbWrite db, long jobId, IReadOnlyList<DatumRow> datums)
    {
        await db.ExecuteAsync(
            """
            UPDATE datum SET state = @unknown, attempt = NULL, epoch = NULL, worker = NULL, tries = tries - 1
            WHERE job_id = @JobId AND id = @Id
            """,
            datums.Select(datum => new
            {
                datum.JobId,
                datum.Id,
                unknown = (long)DatumState.Unknown,
            })
        );
        if (await JobRows.FindAsync(db, jobId) is { } job)
        {
            string[] attempts = [.. datums.Select(datum => datum.Attempt).OfType<string>()];
            await authenticator.RevokeAttemptsAsync(db, attempts);
            foreach (var attempt in attempts)
            {
                await runs.DiscardWriterAsync(db, job.RunId, attempt);
            }

            JobRows.Announce(db, job.SetId);
        }

        db.Announce(Topics.Work);
    }
}
