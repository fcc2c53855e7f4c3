using Braid.Data.Naming;
using Braid.Primitives;

namespace Braid.Data.Propagation;

/// <summary>
/// Decides which commits follow from the branches that a transaction moved: one on each branch that a moved branch reaches
/// through edges that propagate, upstream first, so that each is made from the heads that the ones before it made.
/// </summary>
internal static class PropagationPlanner
{
    /// <param name="graph">Every branch downstream of the moved and rebuilt ones, with these.</param>
    /// <param name="moved">Branches whose heads the transaction changed.</param>
    /// <param name="rebuilt">Branches whose provenance the transaction changed: they get a commit although nothing moved.</param>
    /// <param name="taken">Repos that have a commit in the transaction's set already.</param>
    public static Result<IReadOnlyList<PlannedCommit>> Plan(
        IReadOnlyCollection<BranchNode> graph,
        IReadOnlySet<long> moved,
        IReadOnlySet<long> rebuilt,
        IReadOnlySet<RepoName> taken
    )
    {
        var fresh = new HashSet<long>(moved);
        var repos = new HashSet<RepoName>(taken);
        var plan = new List<PlannedCommit>();
        foreach (var branch in UpstreamFirst(graph))
        {
            if (!MustFollow(branch, fresh, moved, rebuilt))
            {
                continue;
            }

            if (!repos.Add(branch.Name.Repo))
            {
                return Errors.TwoCommitsOfRepo(branch.Name);
            }

            fresh.Add(branch.Id);
            plan.Add(new(branch, [.. branch.Upstream.Select(edge => edge.Upstream)]));
        }

        return plan;
    }

    private static bool MustFollow(
        BranchNode branch,
        HashSet<long> fresh,
        IReadOnlySet<long> moved,
        IReadOnlySet<long> rebuilt
    ) =>
        branch.Upstream.Count > 0
        && !branch.HeadInSet
        && !moved.Contains(branch.Id)
        && (rebuilt.Contains(branch.Id) || branch.Upstream.Any(edge => !edge.Never && fresh.Contains(edge.Upstream)));

    /// <summary>Each branch after all that it depends on; among equals, the older branch first.</summary>
    private static List<BranchNode> UpstreamFirst(IReadOnlyCollection<BranchNode> graph)
    {
        var nodes = graph.ToDictionary(node => node.Id);
        var done = new HashSet<long>();
        var order = new List<BranchNode>(graph.Count);
        foreach (var node in graph.OrderBy(node => node.Id))
        {
            Visit(node);
        }

        return order;

        void Visit(BranchNode node)
        {
            if (!done.Add(node.Id))
            {
                return;
            }

            foreach (var edge in node.Upstream)
            {
                if (nodes.TryGetValue(edge.Upstream, out var upstream))
                {
                    Visit(upstream);
                }
            }

            order.Add(node);
        }
    }
}
