using Braid.Data.Branching;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Propagation;

/// <summary>Reads the part of the branch graph that a transaction can reach: what it touched, and everything downstream.</summary>
internal static class BranchGraph
{
    public static async Task<IReadOnlyCollection<BranchNode>> ReachedAsync(
        DbRead db,
        CommitSetId set,
        IEnumerable<long> touched
    )
    {
        var reached = new Dictionary<long, BranchRow>();
        foreach (var id in touched)
        {
            reached.TryAdd(id, await BranchTable.GetAsync(db, id));
            foreach (var row in await BranchTable.DownstreamAsync(db, id))
            {
                reached.TryAdd(row.Id, row);
            }
        }

        var nodes = new List<BranchNode>(reached.Count);
        foreach (var row in reached.Values)
        {
            var upstream = await BranchTable.ProvenanceAsync(db, row.Id);
            nodes.Add(
                new(
                    row.Id,
                    row.FullName,
                    row.HeadId,
                    row.HeadSet == set,
                    [.. upstream.Select(edge => new ProvenanceEdge(edge.UpstreamId, edge.Never))]
                )
            );
        }

        return nodes;
    }
}
