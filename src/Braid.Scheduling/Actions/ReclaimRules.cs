using Braid.Scheduling.Ordering;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Sessions;
using Braid.Scheduling.Sharing;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Actions;

/// <summary>
/// What a queue may take from another, compared where their ways to the top part: something of a queue that has more than
/// it is entitled to; or, for a reclaimer within its quota, something of a queue that is over its own. Afterwards no queue
/// on the reclaimer's way may be further over its fair share than a sibling that lost something.
/// </summary>
internal sealed class ReclaimRules : IVictimRules
{
    private const double Rounding = 1e-9;

    private readonly Session session;
    private readonly SessionWorkload pending;
    private readonly Resources asked;
    private readonly Resources[] before;

    /// <param name="before">By queue, to be filled with what each has now; the caller's, to be used again.</param>
    public ReclaimRules(Session session, SessionWorkload pending, Resources[] before)
    {
        this.session = session;
        this.pending = pending;
        asked = pending.Next.Cost;
        this.before = before;
        foreach (var queue in session.Queues.All)
        {
            before[queue.Rank] = queue.Allocated;
        }
    }

    public EvictionReason Reason => EvictionReason.Reclaimed;

    public bool MayMove => session.Policy.MayMoveToReclaim;

    public int? MaxReplicas => null;

    /// <summary>Whoever holds nothing of what its queue has too much of gives nothing back by leaving.</summary>
    public VictimAnswer MayTake(SessionWorkload victim, TaskSet loss) =>
        victim.Queue == pending.Queue || !IsOver(victim.Queue!, asked) ? VictimAnswer.SkipQueue
        : !IsOver(victim.Queue!, Amounts.Least(asked, loss.Cost)) || IsProtected(victim) ? VictimAnswer.SkipWorkload
        : VictimAnswer.Take;

    public bool Accepts(IReadOnlyList<TaskSet> evicted)
    {
        foreach (var queue in pending.Queue!.Path)
        {
            var siblings = queue.Parent?.Children ?? (IReadOnlyList<SessionQueue>)session.Queues.Tops;
            foreach (var sibling in siblings)
            {
                if (
                    sibling != queue
                    && !before[sibling.Rank].IsWithin(sibling.Allocated)
                    && (IsMoreSaturated(queue, sibling) || IsWronged(queue, sibling))
                )
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool IsProtected(SessionWorkload victim) =>
        MinRuntime.Protects(MinRuntime.SafeFromReclaim(victim, pending.Queue!), victim, session.Now);

    /// <summary>Whether the victim's side has, now, more than the reclaimer must leave it, of something that is wanted.</summary>
    private bool IsOver(SessionQueue victim, Resources wanted)
    {
        var (mine, theirs) = Parting(pending.Queue!, victim);
        return IsOver(theirs, theirs.AllocatableShare, wanted)
            || ((before[mine.Rank] + asked).IsWithin(mine.Quota) && IsOver(theirs, theirs.Quota, wanted));
    }

    private static bool IsOver(SessionQueue queue, Resources most, Resources wanted)
    {
        foreach (var kind in Amounts.Kinds)
        {
            if (wanted[kind] > Amounts.Nothing && queue.Allocated[kind] > most[kind] + Amounts.Nothing)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The siblings on the two ways to the top.</summary>
    private static (SessionQueue Mine, SessionQueue Theirs) Parting(SessionQueue mine, SessionQueue theirs)
    {
        var (left, right) = (mine.Path.Length - 1, theirs.Path.Length - 1);
        while (left > 0 && right > 0 && mine.Path[left] == theirs.Path[right])
        {
            left--;
            right--;
        }

        return (mine.Path[left], theirs.Path[right]);
    }

    /// <summary>Who is entitled to nothing takes nothing from others who are not: they would take it back.</summary>
    private bool IsMoreSaturated(SessionQueue queue, SessionQueue sibling)
    {
        foreach (var kind in Amounts.Kinds)
        {
            if (asked[kind] <= Amounts.Nothing)
            {
                continue;
            }

            var mine = Saturation(queue, kind);
            var theirs =
                sibling.FairShare[kind] > Amounts.Nothing
                    ? sibling.Allocated[kind] / sibling.FairShare[kind]
                    : double.PositiveInfinity;
            if (mine > 1 + Rounding && (mine * session.Policy.SaturationMultiplier) + Rounding >= theirs)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether the sibling lost of what it has a right to, and is left with less, for a queue that has more than its own quota:
    /// it would take it back. Who has a right to any amount is wronged only by who has too much of the same.
    /// </summary>
    private bool IsWronged(SessionQueue queue, SessionQueue sibling)
    {
        var isOverQuota = !queue.Allocated.IsWithin(queue.Quota);
        foreach (var kind in Amounts.Kinds)
        {
            var quota = sibling.Quota[kind];
            if (
                sibling.Allocated[kind] < before[sibling.Rank][kind] - Amounts.Nothing
                && sibling.Allocated[kind] < Math.Min(quota, sibling.FairShare[kind]) - Amounts.Nothing
                && (
                    double.IsPositiveInfinity(quota)
                        ? asked[kind] > Amounts.Nothing && queue.Allocated[kind] > queue.Quota[kind] + Amounts.Nothing
                        : isOverQuota
                )
            )
            {
                return true;
            }
        }

        return false;
    }

    private static double Saturation(SessionQueue queue, ResourceKind kind) =>
        queue.FairShare[kind] > 0 ? queue.Allocated[kind] / queue.FairShare[kind]
        : queue.Allocated[kind] > Amounts.Nothing ? double.PositiveInfinity
        : 0;
}
