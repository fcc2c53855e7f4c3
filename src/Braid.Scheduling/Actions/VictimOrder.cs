using System.Diagnostics.CodeAnalysis;
using Braid.Scheduling.Ordering;
using Braid.Scheduling.Sessions;

namespace Braid.Scheduling.Actions;

/// <summary>
/// Those who may be displaced, the last in the order of queues first. It serves one pending workload after the other: what was
/// taken for one, or passed over, is put back for the next.
/// </summary>
internal sealed class VictimOrder : IDisposable
{
    private readonly QueueHeap heap;
    private readonly List<SessionWorkload> aside = [];
    private SessionWorkload? lastTaken;

    public VictimOrder(Session session, IEnumerable<SessionWorkload> workloads)
    {
        heap = new(session, isForVictims: true);
        List<SessionWorkload> victims = [.. workloads.Where(IsVictim)];
        heap.Push(victims);
        IsEmpty = victims.Count == 0;
        Potential = new(session, victims);
    }

    /// <summary>Nobody may be displaced at all.</summary>
    public bool IsEmpty { get; }

    public Potential Potential { get; }

    /// <summary>
    /// What is taken next for the workload. The caller has evicted what it got before it asks again, so that the rest of a
    /// victim that lost a part has its new place in the order.
    /// </summary>
    public bool TryTake(SessionWorkload pending, IVictimRules rules, [NotNullWhen(true)] out TaskSet? loss)
    {
        PutBackLast();
        while (!heap.IsEmpty)
        {
            var victim = heap.Pop();
            var answer =
                victim == pending || victim.IsDecided
                    ? VictimAnswer.SkipWorkload
                    : rules.MayTake(victim, victim.NextLoss);
            if (answer == VictimAnswer.Take && victim.NextLoss.Count > 0)
            {
                loss = victim.NextLoss;
                lastTaken = victim;
                return true;
            }

            aside.Add(victim);
            if (answer == VictimAnswer.SkipQueue)
            {
                heap.Hide(victim.Queue!);
            }
        }

        loss = null;
        return false;
    }

    /// <summary>Puts back all that was set aside and may still be displaced.</summary>
    public void Reset()
    {
        if (lastTaken is not null)
        {
            aside.Add(lastTaken);
            lastTaken = null;
        }

        heap.Push(aside.Where(IsVictim));
        aside.Clear();
        heap.ShowAll();
    }

    public void Dispose() => heap.Dispose();

    private static bool IsVictim(SessionWorkload workload) =>
        workload is { IsPreemptible: true, IsDecided: false, Queue: not null, NextLoss.Count: > 0 };

    private void PutBackLast()
    {
        if (lastTaken is { NextLoss.Count: > 0 } last)
        {
            heap.Push(last);
        }
        else if (lastTaken is not null)
        {
            aside.Add(lastTaken);
        }

        lastTaken = null;
    }
}
