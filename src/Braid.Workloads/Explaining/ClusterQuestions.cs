using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Scheduling.Snapshots;
using Braid.Workloads.Kinds;
using Braid.Workloads.Placement;

namespace Braid.Workloads.Explaining;

/// <summary>
/// Answers from what placing decides: why a workload waits, and what would follow if shares had other quotas. The same decision is
/// made on the same snapshot, and nothing is done.
/// </summary>
public sealed class ClusterQuestions
{
    private readonly Database database;
    private readonly TimeProvider clock;

    internal ClusterQuestions(Database database, TimeProvider clock) => (this.database, this.clock) = (database, clock);

    /// <summary>Why a workload waits, or what follows for it.</summary>
    public async Task<Result<Explanation>> ExplainAsync(Caller caller, RunId id, CancellationToken ct)
    {
        if (caller.MayUseQueues() is { } refused)
        {
            return refused;
        }

        var outlook = new Outlook(await SnapshotAsync(ct));
        return outlook.Workloads.FirstOrDefault(workload => workload.Id == id) is { } found
            ? outlook.Of(found)
            : Errors.NothingToExplain(id);
    }

    /// <summary>What would follow if shares could count on so many GPUs.</summary>
    /// <param name="quotas">By the names of shares; -1 for as many as there are.</param>
    public async Task<Result<Supposition>> SupposeAsync(
        Caller caller,
        IReadOnlyDictionary<string, double> quotas,
        CancellationToken ct
    )
    {
        if (caller.MayUseQueues() is { } refused)
        {
            return refused;
        }

        var now = await SnapshotAsync(ct);
        if (quotas.Keys.FirstOrDefault(name => now.Queues.All(queue => queue.Name != name)) is { } unknown)
        {
            return Errors.NoSuchShare(unknown);
        }

        var (before, after) = (new Outlook(now), new Outlook(With(now, quotas)));
        return new Supposition([.. Changes(before, after)], before.Standings, after.Standings);
    }

    private static Snapshot With(Snapshot snapshot, IReadOnlyDictionary<string, double> quotas) =>
        snapshot with
        {
            Queues =
            [
                .. snapshot.Queues.Select(queue =>
                    quotas.TryGetValue(queue.Name, out var quota)
                        ? queue with
                        {
                            Gpu = queue.Gpu with { Quota = quota },
                        }
                        : queue
                ),
            ],
        };

    private static IEnumerable<SupposedChange> Changes(Outlook before, Outlook after) =>
        from workload in before.Workloads
        let was = before.Of(workload)
        let would = after.Of(workload)
        where was.Prospect != would.Prospect
        select new SupposedChange(workload.Id, workload.Name, before.ShareOf(workload), was, would);

    private async Task<Snapshot> SnapshotAsync(CancellationToken ct)
    {
        var rows = await database.ReadAsync(ClusterRows.ReadAsync, ct);
        return new SnapshotMaker(new Works()).Make(rows, Policy.Default, clock.GetUtcNow());
    }
}
