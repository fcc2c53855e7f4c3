using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Scheduling.Explaining;
using Braid.Scheduling.Snapshots;
using Braid.Workloads.Kinds;
using Braid.Workloads.Placement;

namespace Braid.Workloads.Explaining;

/// <summary>
/// Answers from what placing decides: why a workload waits, and what would follow if shares had other terms. The same decision is
/// made on the same snapshot, and nothing is done.
/// </summary>
public sealed class ClusterQuestions
{
    /// <summary>For how long what would help is looked for, and then, in all, when it starts: who asks waits for the answer.</summary>
    private static readonly TimeSpan longestForChanges = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan longest = TimeSpan.FromMilliseconds(400);

    private readonly Database database;
    private readonly Works works;
    private readonly TimeProvider clock;

    internal ClusterQuestions(Database database, Works works, TimeProvider clock) =>
        (this.database, this.works, this.clock) = (database, works, clock);

    /// <summary>Why a workload waits, or what follows for it.</summary>
    public async Task<Result<Explanation>> ExplainAsync(Caller caller, RunId id, CancellationToken ct)
    {
        if (caller.MayUseQueues() is { } refused)
        {
            return refused;
        }

        var (rows, times) = await database.ReadAsync(
            async db =>
            {
                var rows = await ClusterRows.ReadAsync(db);
                return (rows, await RunTimes.ReadAsync(db, rows));
            },
            ct
        );
        var made = Make(rows);
        if (made.Refused.FirstOrDefault(refusal => refusal.Workload == id) is { } refusal)
        {
            return new Explanation
            {
                Prospect = Prospect.Waits,
                Reasons = [new(Refusal.Code, refusal.Text)],
                Changes = ["Delete it, and submit it as it can be placed"],
            };
        }

        var snapshot = times.Complete(made.Snapshot, rows, out var expected);
        var outlook = new Outlook(snapshot);
        return outlook.Workloads.FirstOrDefault(workload => workload.Id == id) is { } found
            ? outlook.OutlookOf(found, FromNow(), start => Basis(start, snapshot, expected))
            : Errors.NothingToExplain(id);
    }

    /// <summary>What would follow now if shares had other terms.</summary>
    public async Task<Result<Supposition>> SupposeAsync(Caller caller, SupposedTerms supposed, CancellationToken ct)
    {
        if (caller.MayUseQueues() is { } refused)
        {
            return refused;
        }

        var now = await SnapshotAsync(ct);
        if (supposed.FaultIn(now) is { } fault)
        {
            return fault;
        }

        var (before, after) = (new Outlook(now), new Outlook(supposed.Apply(now)));
        return new Supposition([.. Changes(before, after)], before.Standings, after.Standings);
    }

    /// <summary>What each share has a right to now, by name.</summary>
    public async Task<Result<IReadOnlyList<FairShare>>> FairSharesAsync(Caller caller, CancellationToken ct) =>
        caller.MayUseQueues() is { } refused ? refused : Result.Ok(new Outlook(await SnapshotAsync(ct)).FairShares);

    private Patience FromNow()
    {
        var start = clock.GetTimestamp();
        return new(() => clock.GetElapsedTime(start) < longestForChanges, () => clock.GetElapsedTime(start) < longest);
    }

    /// <summary>From what it is known when those end who have to.</summary>
    private static string Basis(DateTimeOffset? start, Snapshot snapshot, IReadOnlySet<RunId> expected)
    {
        if (start is null)
        {
            return "";
        }

        var ending = snapshot.Workloads.Where(workload => workload.ExpectedEnd <= start).ToList();
        var known = ending.Count(workload => expected.Contains(workload.Id));
        return $": {ending.Count - known} by their time limits, {known} by how long earlier work of that name ran";
    }

    private static IEnumerable<SupposedChange> Changes(Outlook before, Outlook after) =>
        from workload in before.Workloads
        let was = before.Of(workload)
        let would = after.Of(workload)
        where was.Prospect != would.Prospect
        select new SupposedChange(workload.Id, workload.Name, before.ShareOf(workload), was, would);

    private async Task<Snapshot> SnapshotAsync(CancellationToken ct) =>
        Make(await database.ReadAsync(ClusterRows.ReadAsync, ct)).Snapshot;

    private MadeSnapshot Make(ClusterRows rows) =>
        new SnapshotMaker(works).Make(
            rows,
            Policy.Default,
            clock.GetUtcNow(),
            rows.Workloads.Select(Refusal.Of).OfType<Refusal>()
        );
}
