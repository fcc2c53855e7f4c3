namespace Braid.Data.Integrity;

/// <summary>What branches are made of, and whether their open commits agree; pure.</summary>
internal static class BranchProvenance
{
    private const string restore = "restore the metadata database from a backup";

    public static IEnumerable<IntegrityProblem> Check(DataGraph graph)
    {
        var upstream = graph.BranchEdges.ToLookup(edge => edge.FromId, edge => edge.UpstreamId);
        var madeFrom = graph.CommitEdges.ToLookup(edge => edge.FromId, edge => edge.UpstreamId);
        foreach (var dangling in graph.BranchEdges.Where(edge => !Exist(graph, edge)))
        {
            yield return new(
                $"provenance of a branch (row {dangling.FromId}) on one (row {dangling.UpstreamId}): not both exist; {restore}"
            );
        }

        foreach (var branch in graph.Branches.Values)
        {
            foreach (var problem in Reach(graph, branch, upstream).Concat(OpenHead(graph, branch, upstream, madeFrom)))
            {
                yield return problem;
            }
        }
    }

    private static bool Exist(DataGraph graph, GraphEdge edge) =>
        graph.Branches.ContainsKey(edge.FromId) && graph.Branches.ContainsKey(edge.UpstreamId);

    // No cycles, and no two branches of one repo in what a branch is made of.
    private static IEnumerable<IntegrityProblem> Reach(
        DataGraph graph,
        GraphBranch branch,
        ILookup<long, long> upstream
    )
    {
        var seen = new HashSet<long>();
        var repos = new Dictionary<long, GraphBranch> { [branch.RepoId] = branch };
        var open = new Stack<long>(upstream[branch.Id]);
        while (open.TryPop(out var id))
        {
            if (id == branch.Id)
            {
                yield return new($"branch {graph.NameOf(branch)}: it is in its own provenance; {restore}");
                continue;
            }

            if (!seen.Add(id) || !graph.Branches.TryGetValue(id, out var found))
            {
                continue;
            }

            if (!repos.TryAdd(found.RepoId, found))
            {
                yield return new(
                    $"branch {graph.NameOf(branch)}: both {graph.NameOf(repos[found.RepoId])} and {graph.NameOf(found)} are in its provenance, "
                        + "which may have one branch of a repo; give it another provenance"
                );
            }

            foreach (var next in upstream[id])
            {
                open.Push(next);
            }
        }
    }

    // Older commits may be from a time when the branch was made of others.
    private static IEnumerable<IntegrityProblem> OpenHead(
        DataGraph graph,
        GraphBranch branch,
        ILookup<long, long> upstream,
        ILookup<long, long> madeFrom
    )
    {
        if (
            branch.HeadId is not { } id
            || !graph.Commits.TryGetValue(id, out var head)
            || head.IsClosed
            || !upstream.Contains(branch.Id)
        )
        {
            yield break;
        }

        var allowed = upstream[branch.Id]
            .Select(graph.Branches.GetValueOrDefault)
            .Select(found => found?.RepoId)
            .ToHashSet();
        var actual = madeFrom[head.Id].Select(graph.Commits.GetValueOrDefault).ToList();
        if (actual.Count == 0)
        {
            yield return new(
                $"commit {graph.NameOf(head)}: it is open on {graph.NameOf(branch)}, which is made from other branches, and was made from no "
                    + "commit, so that nothing will finish it; finish it with --force, or drop it"
            );
        }

        foreach (var commit in actual.Where(commit => commit is not null && !allowed.Contains(commit.RepoId)))
        {
            yield return new(
                $"commit {graph.NameOf(head)}: it was made from {graph.NameOf(commit!)}, and {graph.NameOf(branch)} is not made from that repo; "
                    + "drop the commit"
            );
        }
    }
}
