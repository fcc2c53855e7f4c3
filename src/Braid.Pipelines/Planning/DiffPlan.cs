using Braid.Pipelines.Datums.Trees;
using Braid.Primitives;

namespace Braid.Pipelines.Planning;

/// <summary>
/// Plans by what changed since the previous job, whose code, salt and input are those of this one: 1 datums that changed, came or
/// went; 2 those that were not processed well then; 3 everything else stays as it is in that job's tree.
/// </summary>
internal sealed class DiffPlan(DatumPlanner planner, PastJob previous, JobPlanWriter writer)
{
    public async Task PlanAsync(InputDelta delta, CancellationToken ct)
    {
        // 1
        var affected = new Dictionary<Sha256Hash, PlannedDatum>();
        foreach (var datum in delta.Added.Select(planner.Identify))
        {
            affected.TryAdd(datum.Id, datum);
        }

        var gone = delta
            .Removed.Select(inputs => planner.Identify(inputs).Id)
            .Where(id => !affected.ContainsKey(id))
            .ToHashSet();
        // 2
        await foreach (var id in previous.Tree.IdsAsync(DatumTree.Retry, null, backwards: false, ct))
        {
            if (!gone.Contains(id) && !affected.ContainsKey(id) && await previous.Tree.FindAsync(id, ct) is { } record)
            {
                affected.Add(id, new(id, record.Key, record.Inputs));
            }
        }

        foreach (var id in gone.Order())
        {
            await writer.RemoveAsync(id, ct);
        }

        foreach (var datum in affected.Values.OrderBy(datum => datum.Id))
        {
            await writer.AddAsync(datum, await previous.Tree.FindAsync(datum.Id, ct), ct);
        }
    }
}
