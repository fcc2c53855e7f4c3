using Braid.Pipelines.Datums.Trees;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Planning;

/// <summary>
/// Plans by expanding all of an input: the datums, put in the order of their ids, go side by side with the records of the
/// previous job's tree. Memory is bounded, whatever the number.
/// </summary>
internal sealed class FullPlan(ContentStore content, DatumPlanner planner, Past past, JobPlanWriter writer)
{
    public async Task PlanAsync(InputNode input, IReadOnlyList<TreeRoot?> roots, CancellationToken ct)
    {
        using var sorter = new DatumSorter(content);
        await foreach (var datum in new DatumExpansion(content, roots).ExpandAsync(input, ct))
        {
            sorter.Add(planner.Identify(datum));
        }

        var known = past.Previous?.Tree;
        await using var records = (known?.RecordsAsync(ct) ?? AsyncEnumerable.Empty<TreeEntry>()).GetAsyncEnumerator(
            ct
        );
        var more = await records.MoveNextAsync();
        foreach (var datum in sorter.Sorted())
        {
            while (more && DatumTree.IdOf(records.Current) is var gone && gone.CompareTo(datum.Id) < 0)
            {
                await writer.RemoveAsync(gone, ct);
                more = await records.MoveNextAsync();
            }

            var isKnown = more && DatumTree.IdOf(records.Current) == datum.Id;
            await writer.AddAsync(
                datum,
                isKnown && known is not null ? await known.ReadAsync(records.Current, ct) : null,
                ct
            );
            more = isKnown ? await records.MoveNextAsync() : more;
        }

        for (; more; more = await records.MoveNextAsync())
        {
            await writer.RemoveAsync(DatumTree.IdOf(records.Current), ct);
        }
    }
}
