using Braid.Primitives;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Replaying;

/// <summary>
/// Lives through a recording again, under other rules, with the engine that decides:
/// <code>
/// 1. go to the next time at which something happens or a workload ends;
/// 2. end those whose time is over, and let happen what happened;
/// 3. decide, and do as decided, until nothing more is decided.
/// </code>
/// Who is evicted starts from the beginning. Executors take no time.
/// </summary>
public sealed class WhatIf
{
    /// <summary>A cluster that nobody changes comes to rest sooner; promises take one round more than what they wait for.</summary>
    private const int MaxRounds = 20;

    private readonly Dictionary<RunId, TimeSpan?> runtimes;
    private readonly Dictionary<RunId, ReplayedWorkload> outcomes;
    private readonly Queue<RecordedEvent> events;
    private Snapshot snapshot;

    private WhatIf(Recording recording, Snapshot start)
    {
        snapshot = start;
        events = new(recording.Events.OrderBy(recorded => recorded.At));
        runtimes = recording.Runtimes.ToDictionary(pair => pair.Key, pair => (TimeSpan?)pair.Value);
        outcomes = start.Workloads.ToDictionary(
            workload => workload.Id,
            workload =>
                Submitted(workload, workload.CreatedAt) with
                {
                    StartedAt = Advance.HasStarted(workload) ? workload.LastStart : null,
                }
        );
    }

    /// <param name="change">The rules that are tried: policy, queues, nodes of the start; null for those of the recording.</param>
    public static Replay Replay(
        Recording recording,
        Func<Snapshot, Snapshot>? change = null,
        CancellationToken ct = default
    )
    {
        var replay = new WhatIf(recording, change?.Invoke(recording.Start) ?? recording.Start);
        replay.Settle();
        while (replay.NextTime() is { } time && !(time > recording.Until))
        {
            ct.ThrowIfCancellationRequested();
            replay.GoTo(time);
            replay.Settle();
        }

        replay.Pass(recording.Until ?? replay.snapshot.Now);
        return new([
            .. replay.outcomes.Values.OrderBy(outcome => outcome.SubmittedAt).ThenBy(outcome => outcome.Workload),
        ]);
    }

    private static ReplayedWorkload Submitted(Workload workload, DateTimeOffset at) =>
        new(workload.Id, workload.Name, workload.Queue, at, null, null, 0);

    private DateTimeOffset? NextTime()
    {
        var ends = snapshot.Workloads.Select(EndOf).OfType<DateTimeOffset>();
        var times = events.TryPeek(out var next) ? ends.Append(next.At) : ends;
        return times.Select(time => (DateTimeOffset?)time).Min();
    }

    private DateTimeOffset? EndOf(Workload workload) =>
        runtimes.GetValueOrDefault(workload.Id) is { } runtime && Advance.HasStarted(workload)
            ? workload.LastStart + runtime
            : null;

    /// <summary>Time goes by: who runs has run for longer.</summary>
    private void Pass(DateTimeOffset time)
    {
        foreach (var workload in snapshot.Workloads.Where(Advance.HasStarted))
        {
            var outcome = outcomes[workload.Id];
            outcomes[workload.Id] = outcome with { Ran = outcome.Ran + (time - snapshot.Now) };
        }

        snapshot = snapshot with { Now = time };
    }

    private void GoTo(DateTimeOffset time)
    {
        Pass(time);
        var ended = snapshot
            .Workloads.Where(workload => EndOf(workload) <= time)
            .Select(workload => workload.Id)
            .ToHashSet();
        foreach (var id in ended)
        {
            outcomes[id] = outcomes[id] with { EndedAt = time };
        }

        snapshot = snapshot with
        {
            Workloads = [.. snapshot.Workloads.Where(workload => !ended.Contains(workload.Id))],
        };
        while (events.TryPeek(out var next) && next.At <= time)
        {
            snapshot = Happen(events.Dequeue());
        }
    }

    private Snapshot Happen(RecordedEvent happened)
    {
        switch (happened)
        {
            case RecordedEvent.Submitted { Workload: var workload } submitted:
                runtimes[workload.Id] = submitted.Runtime;
                outcomes[workload.Id] = Submitted(workload, submitted.At);
                return snapshot with { Workloads = [.. snapshot.Workloads, workload] };
            case RecordedEvent.Withdrawn withdrawn:
                return snapshot with
                {
                    Workloads = [.. snapshot.Workloads.Where(found => found.Id != withdrawn.Workload)],
                };
            case RecordedEvent.NodeChanged changed:
                return snapshot with
                {
                    Nodes = [.. snapshot.Nodes.Where(node => node.Name != changed.Node.Name), changed.Node],
                };
            case RecordedEvent.NodeLeft left:
                return Advance.Lose(snapshot, left.Node);
            case RecordedEvent.QueueChanged { Queue: var queue }:
                return snapshot with { Queues = [.. snapshot.Queues.Where(found => found.Id != queue.Id), queue] };
            default:
                throw new InvalidOperationException($"no such event: {happened}");
        }
    }

    private void Settle()
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var decisions = Scheduler.WithoutReasons(snapshot);
            if (decisions.Steps.Count == 0)
            {
                break;
            }

            snapshot = Advance.Release(Advance.Take(snapshot, decisions));
            Note(decisions.Steps);
        }
    }

    private void Note(IReadOnlyList<Decision> steps)
    {
        foreach (var step in steps.Where(step => step is Decision.Evict or Decision.Move))
        {
            var outcome = outcomes[step.Workload];
            outcomes[step.Workload] = outcome with { Displaced = outcome.Displaced + 1 };
        }

        foreach (var workload in snapshot.Workloads.Where(Advance.HasStarted))
        {
            outcomes[workload.Id] = outcomes[workload.Id] with
            {
                StartedAt = outcomes[workload.Id].StartedAt ?? snapshot.Now,
            };
        }
    }
}
