using Braid.Primitives;
using Braid.Scheduling.Snapshots;
using Braid.Workloads.Shares;

namespace Braid.Workloads.Explaining;

/// <summary>What shares could have of the GPUs instead of what they have, each by the share's name.</summary>
/// <param name="Quotas">What they could count on; -1 for as many as there are.</param>
/// <param name="Limits">What they would never exceed; -1 for no limit.</param>
/// <param name="Weights">Their part of what nobody can count on.</param>
public sealed record SupposedTerms(
    IReadOnlyDictionary<string, double> Quotas,
    IReadOnlyDictionary<string, double> Limits,
    IReadOnlyDictionary<string, double> Weights
)
{
    /// <summary>Nothing is otherwise.</summary>
    internal bool IsNothing => Quotas.Count + Limits.Count + Weights.Count == 0;

    /// <summary>Why they cannot be supposed; null when they can.</summary>
    internal Error? FaultIn(Snapshot snapshot)
    {
        var known = snapshot.Queues.ToDictionary(queue => queue.Name, StringComparer.Ordinal);
        foreach (var name in Quotas.Keys.Concat(Limits.Keys).Concat(Weights.Keys))
        {
            if (!known.TryGetValue(name, out var queue))
            {
                return Errors.NoSuchShare(name);
            }

            var (quota, limit, weight) = Of(queue);
            if (
                new ResourceTerms
                {
                    Quota = quota,
                    Limit = limit,
                    Weight = weight,
                }.Fault is
                { } fault
            )
            {
                return Errors.BadTerms(name, $"gpu: {fault}");
            }
        }

        return null;
    }

    /// <summary>The snapshot as it would be.</summary>
    internal Snapshot Apply(Snapshot snapshot) =>
        snapshot with
        {
            Queues = [.. snapshot.Queues.Select(queue => queue with { Gpu = Of(queue) })],
        };

    private Allowance Of(Queue queue) =>
        new(
            Quotas.GetValueOrDefault(queue.Name, queue.Gpu.Quota),
            Limits.GetValueOrDefault(queue.Name, queue.Gpu.Limit),
            Weights.GetValueOrDefault(queue.Name, queue.Gpu.Weight)
        );
}
