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
    private readonly EndedDatums results = new(runs, authenticator);
    private readonly UndoneDatums undone = new(runs, logs, authenticator);

    /// <summary>This server's turn of running datums; leases of any other turn are void.</summary>
    public string Epoch { get; } = ids.Next().ToString();

    /// <summary>Workers of pipelines that ask for resources have places of their own, so that no other worker takes their datums.</summary>
    public bool AreSeatsGiven { get; set; }

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
                    await undone.RestartAsync(db, job.Key, [.. job]);
                }
            },
            ct
        );

    /// <summary>The next datums of a running job that has a worker to spare, at most so many; empty when there are none.</summary>
    public Task<IReadOnlyList<DatumLease>> TakeAsync(string worker, int most, CancellationToken ct) =>
        TakeAsync(
            worker,
            most,
            job => job.ReadSpec() is { TrainingJob: null } spec && !(AreSeatsGiven && spec.Needs is not null),
            ct
        );

    /// <summary>The next datums of one job, at most so many; empty when there are none, or it has all workers that it may have.</summary>
    public Task<IReadOnlyList<DatumLease>> TakeOfAsync(string worker, long job, int most, CancellationToken ct) =>
        TakeAsync(worker, most, row => row.Id == job, ct);

    /// <summary>The running jobs whose workers need places of their own, each with how many of its datums wait.</summary>
    public async Task<IReadOnlyList<(JobRow Job, int Waiting)>> SeatedJobsAsync(CancellationToken ct)
    {
        var jobs = await database.ReadAsync(WaitingDatums.JobsAsync, ct);
        var seated = new List<(JobRow, int)>();
        foreach (var job in jobs.Where(job => job.ReadSpec().Needs is not null))
        {
            var most = job.ReadSpec().Parallelism;
            seated.Add((job, (int)await database.ReadAsync(db => WaitingDatums.CountAsync(db, job.Id, most), ct)));
        }

        return seated;
    }

    /// <summary>A job runs, and has datums that nobody has taken.</summary>
    public Task<bool> HasWaitingAsync(long job, CancellationToken ct) =>
        database.ReadAsync(
            async db =>
                await JobRows.FindAsync(db, job) is { JobState: JobState.Running }
                && await WaitingDatums.CountAsync(db, job, 1) > 0,
            ct
        );

    /// <summary>The running jobs with datums that wait whose work is a distributed job, in the order in which they came.</summary>
    public async Task<IReadOnlyList<long>> GangJobsAsync(CancellationToken ct) =>
        [
            .. (await database.ReadAsync(WaitingDatums.JobsAsync, ct))
                .Where(job => job.ReadSpec().TrainingJob is not null)
                .Select(job => job.Id),
        ];

    private async Task<IReadOnlyList<DatumLease>> TakeAsync(
        string worker,
        int most,
        Func<JobRow, bool> isFor,
        CancellationToken ct
    )
    {
        if (await database.ReadAsync(db => NextAsync(db, worker, 1, isFor), ct) is null)
        {
            return [];
        }

        string[] attempts = [.. Enumerable.Range(0, most).Select(_ => ids.Next().ToString())];
        var leases = await database.WriteAsync(db => LeaseAsync(db, worker, attempts, isFor), ct);
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
                    await results.RecordAsync(db, own);
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
                    await undone.RestartAsync(db, own[0].JobId, own);
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
                    await undone.UndoAsync(db, own[0].JobId, own);
                }
            },
            ct
        );

    private async Task<IReadOnlyList<DatumLease>> LeaseAsync(
        DbWrite db,
        string worker,
        IReadOnlyList<string> attempts,
        Func<JobRow, bool> isFor
    )
    {
        if (!await IsHostAsync(db) || await NextAsync(db, worker, attempts.Count, isFor) is not var (job, datums))
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
    /// <param name="isFor">Tells the jobs that the worker can do.</param>
    private async Task<(JobRow Job, IReadOnlyList<DatumRow> Datums)?> NextAsync(
        DbRead db,
        string worker,
        int most,
        Func<JobRow, bool> isFor
    )
    {
        foreach (var job in await WaitingDatums.JobsAsync(db))
        {
            var spec = job.ReadSpec();
            if (
                isFor(job)
                && seats.MaySit(worker, job.Id, spec.Parallelism)
                && await WaitingDatums.WorkersAsync(db, job) < spec.Parallelism
            )
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
}
