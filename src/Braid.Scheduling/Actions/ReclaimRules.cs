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

    public ReclaimRules(Session session, SessionWorkload pending)
    {
        this.session = session;
        this.pending = pending;
        asked = pending.Next.Cost;
        before = Array.ConvertAll(session.Queues.All, queue => queue.Allocated);
    }

    public EvictionReason Reason => EvictionReason.Reclaimed;

    public bool MayMove => session.Policy.MayMoveToReclaim;

    public int? MaxReplicas => null;

    public VictimAnswer MayTake(SessionWorkload victim, TaskSet loss) =>
        victim.Queue == pending.Queue || !IsOver(victim.Queue!) ? VictimAnswer.SkipQueue
        : IsProtected(victim) ? VictimAnswer.SkipWorkload
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
                    && IsMoreSaturated(queue, sibling)
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

    /// <summary>Whether the victim's side has, now, more than the reclaimer must leave it.</summary>
    private bool IsOver(SessionQueue victim)
    {
        var (mine, theirs) = Parting(pending.Queue!, victim);
        return IsOver(theirs, theirs.AllocatableShare)
            || ((before[mine.Rank] + asked).IsWithin(mine.Quota) && IsOver(theirs, theirs.Quota));
    }

    /// <summary>In something that is asked for: who has too much of what nobody wants gives nothing back by leaving.</summary>
    private bool IsOver(SessionQueue queue, Resources most)
    {
        foreach (var kind in Amounts.Kinds)
        {
            if (asked[kind] > Amounts.Nothing && queue.Allocated[kind] > most[kind] + Amounts.Nothing)
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

    private bool IsMoreSaturated(SessionQueue queue, SessionQueue sibling)
    {
        foreach (var kind in Amounts.Kinds)
        {
            if (asked[kind] <= Amounts.Nothing || sibling.FairShare[kind] <= Amounts.Nothing)
            {
                continue;
            }

            var mine = Saturation(queue, kind);
            var theirs = sibling.Allocated[kind] / sibling.FairShare[kind];
            if (mine > 1 + Rounding && (mine * session.Policy.SaturationMultiplier) + Rounding >= theirs)
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
