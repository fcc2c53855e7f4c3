using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Scheduling.Replaying;
using Braid.Scheduling.Snapshots;
using Braid.Workloads.Explaining;
using Braid.Workloads.Kinds;
using Braid.Workloads.Placement;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Replaying;

/// <summary>
/// Answers what would have become of the work of the last hours or days if shares had had other terms: 1 reads what is stored of it;
/// 2 makes a recording; 3 lives through it again by the engine that decides, under the rules as they are and under others; 4 adds up.
/// </summary>
public sealed class PastQuestions
{
    /// <summary>Who asks waits for the answer.</summary>
    private const int mostWorkloads = 2000;

    /// <summary>Of which it is only read when they ran.</summary>
    private const int mostRead = 20_000;

    private static readonly TimeSpan longestPast = TimeSpan.FromDays(31);
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    private readonly Database database;
    private readonly Works works;
    private readonly TimeProvider clock;
    private int asked;

    internal PastQuestions(Database database, Works works, TimeProvider clock) =>
        (this.database, this.works, this.clock) = (database, works, clock);

    /// <summary>What would have become of it.</summary>
    /// <param name="past">How far back.</param>
    public async Task<Result<Retrospect>> ReplayAsync(
        Caller caller,
        TimeSpan past,
        SupposedTerms supposed,
        CancellationToken ct
    )
    {
        if (caller.MayUseQueues() is { } refused)
        {
            return refused;
        }

        if (past <= TimeSpan.Zero || past > longestPast)
        {
            return Errors.BadPast(longestPast);
        }

        if (Interlocked.CompareExchange(ref asked, 1, 0) != 0)
        {
            return Errors.ReplayBusy();
        }

        try
        {
            return await ReplayAsync(past, supposed, ct);
        }
        finally
        {
            Volatile.Write(ref asked, 0);
        }
    }

    /// <summary>What shares had of the machines, and when.</summary>
    /// <param name="past">How far back.</param>
    public async Task<Result<UseOverTime>> UseAsync(Caller caller, TimeSpan past, CancellationToken ct)
    {
        if (caller.MayUseQueues() is { } refused)
        {
            return refused;
        }

        if (past <= TimeSpan.Zero || past > longestPast)
        {
            return Errors.BadPast(longestPast);
        }

        var until = clock.GetUtcNow();
        var rows = await database.ReadAsync(db => PastRows.ReadAsync(db, until - past, mostRead), ct);
        return rows.Workloads.Count > mostRead
            ? Errors.PastTooLong(mostRead)
            : UseOverTime.Of(new PastReader(new(works), rows).Read(), until - past, until);
    }

    private async Task<Result<Retrospect>> ReplayAsync(TimeSpan past, SupposedTerms supposed, CancellationToken ct)
    {
        // 1
        var until = clock.GetUtcNow();
        var since = until - past;
        var rows = await database.ReadAsync(db => PastRows.ReadAsync(db, since, mostWorkloads), ct);
        if (rows.Workloads.Count > mostWorkloads)
        {
            return Errors.PastTooLong(mostWorkloads);
        }

        // 2
        var maker = new SnapshotMaker(works);
        var refused = rows.Now.Workloads.Select(Refusal.Of).OfType<Refusal>();
        var cluster = maker.Make(rows.Now, Policy.Default, until, refused).Snapshot with { Workloads = [] };
        if (supposed.FaultIn(cluster) is { } fault)
        {
            return fault;
        }

        var story = new PastReader(maker, rows).Read();
        var recording = new RecordingMaker(cluster, since, until).Make(story);
        using var time = new CancellationTokenSource(patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, ct);
        try
        {
            // 3
            var replayed = WhatIf.Replay(recording, null, both.Token);
            var other = supposed.IsNothing ? null : WhatIf.Replay(recording, supposed.Apply, both.Token);

            // 4
            var figures = new Figures(story, since, until);
            return new Retrospect(
                since,
                until,
                figures.Recorded(),
                figures.Of(replayed),
                other is null ? null : figures.Of(other),
                [.. Assumptions(cluster, rows)]
            );
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested)
        {
            return Errors.PastTooLong(rows.Workloads.Count);
        }
    }

    private static IEnumerable<string> Assumptions(Snapshot cluster, PastRows rows)
    {
        yield return $"machines and projects are as they are now: {cluster.Nodes.Count(node => node.IsReady)} nodes with "
            + $"{cluster.Nodes.Where(node => node.IsReady).Sum(node => node.Gpus.Count)} GPUs";
        yield return "work runs as long as its last attempt did; what has not ended runs on";
        yield return "programs start and end at once, and who gives way begins anew";
        yield return "who never ran counts with as long as it waited";
        if (rows.Workloads.Count(row => row.ReadState() == WorkloadState.Suspended) is > 0 and var suspended)
        {
            yield return $"{suspended} workloads that are suspended are left out";
        }
    }
}
