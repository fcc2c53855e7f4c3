namespace Braid.Data.Integrity;

/// <summary>What the rows of branches and commits say of each other; pure.</summary>
internal static class GraphCheck
{
    private const string restore = "restore the metadata database from a backup";

    /// <summary>Everything that contradicts the rules, repos first.</summary>
    public static IEnumerable<IntegrityProblem> Of(DataGraph graph) =>
        Repos(graph)
            .Concat(Branches(graph))
            .Concat(BranchProvenance.Check(graph))
            .Concat(Commits(graph))
            .Concat(Sets(graph))
            .Concat(CommitProvenance(graph))
            .Concat(Uploads(graph));

    private static IEnumerable<IntegrityProblem> Repos(DataGraph graph) =>
        from repo in graph.Repos.Values
        where !graph.Projects.Contains(repo.Project)
        select new IntegrityProblem(
            $"repo {repo.FullName}: its project {repo.Project} does not exist; create the project"
        );

    private static IEnumerable<IntegrityProblem> Branches(DataGraph graph)
    {
        foreach (var branch in graph.Branches.Values)
        {
            var name = graph.NameOf(branch);
            if (!graph.Repos.ContainsKey(branch.RepoId))
            {
                yield return new($"branch {name}: its repo does not exist; {restore}");
            }

            if (branch.HeadId is not { } id)
            {
                continue;
            }

            if (!graph.Commits.TryGetValue(id, out var head))
            {
                yield return new(
                    $"branch {name}: its head (row {id}) does not exist; move it to a commit that does: braid create branch {name} --head COMMIT"
                );
            }
            else if (head.RepoId != branch.RepoId)
            {
                yield return new(
                    $"branch {name}: its head {graph.NameOf(head)} is a commit of another repo; {restore}"
                );
            }
        }
    }

    private static IEnumerable<IntegrityProblem> Commits(DataGraph graph)
    {
        var numbers = new Dictionary<long, long>();
        foreach (var commit in graph.Commits.Values.OrderBy(commit => commit.Id))
        {
            // Parents are older: their numbers are counted, whatever their rows say.
            var number = numbers[commit.Id] = numbers.GetValueOrDefault(commit.ParentId ?? 0) + 1;
            var name = graph.NameOf(commit);
            if (!graph.Repos.ContainsKey(commit.RepoId))
            {
                yield return new($"commit {name}: its repo does not exist; {restore}");
            }

            if (commit.IsFinished && !commit.IsClosed)
            {
                yield return new($"commit {name}: it is finished, and was never closed; {restore}");
            }

            var parent = commit.ParentId is { } id ? graph.Commits.GetValueOrDefault(id) : null;
            if (commit.ParentId is not null && parent is null)
            {
                yield return new($"commit {name}: its parent (row {commit.ParentId}) does not exist; {restore}");
            }
            else if (parent is not null && parent.RepoId != commit.RepoId)
            {
                yield return new($"commit {name}: its parent {graph.NameOf(parent)} is of another repo; {restore}");
            }
            else if (commit.Generation != number)
            {
                yield return Generation(graph, commit, number);
            }
        }
    }

    private static IntegrityProblem Generation(DataGraph graph, GraphCommit commit, long right) =>
        new(
            $"commit {graph.NameOf(commit)}: it is said to be number {commit.Generation} of its line, and is number {right}; "
                + "run fsck again with --fix"
        )
        {
            Repair = new(
                $"commit {graph.NameOf(commit)}: it is number {right} of its line now",
                async db =>
                    await db.ExecuteAsync(
                        "UPDATE data_commit SET generation = @right WHERE id = @Id AND generation = @Generation",
                        new
                        {
                            right,
                            commit.Id,
                            commit.Generation,
                        }
                    ) > 0
            ),
        };

    private static IEnumerable<IntegrityProblem> Sets(DataGraph graph) =>
        from commit in graph.Commits.Values
        group commit by (commit.RepoId, commit.SetId) into same
        where same.Skip(1).Any()
        select new IntegrityProblem(
            $"commit {graph.NameOf(same.First())}: the repo has it {same.Count()} times; {restore}"
        );

    private static IEnumerable<IntegrityProblem> CommitProvenance(DataGraph graph)
    {
        foreach (var edges in graph.CommitEdges.GroupBy(edge => edge.FromId))
        {
            if (!graph.Commits.TryGetValue(edges.Key, out var commit))
            {
                yield return new($"provenance of a commit (row {edges.Key}) that does not exist; {restore}");
                continue;
            }

            var name = graph.NameOf(commit);
            var repos = new HashSet<long> { commit.RepoId };
            foreach (var id in edges.Select(edge => edge.UpstreamId))
            {
                if (!graph.Commits.TryGetValue(id, out var upstream))
                {
                    yield return new(
                        $"commit {name}: it was made from a commit (row {id}) that does not exist; {restore}"
                    );
                }
                else if (upstream.Id >= commit.Id)
                {
                    yield return new(
                        $"commit {name}: it was made from {graph.NameOf(upstream)}, which is newer; {restore}"
                    );
                }
                else if (!repos.Add(upstream.RepoId))
                {
                    yield return new(
                        $"commit {name}: it was made from two commits of one repo, one of them {graph.NameOf(upstream)}; {restore}"
                    );
                }
            }
        }
    }

    private static IEnumerable<IntegrityProblem> Uploads(DataGraph graph) =>
        graph.LostUploads.Select(id => new IntegrityProblem(
            $"upload {id}: it has parts and does not exist; run fsck again with --fix"
        )
        {
            Repair = new(
                $"upload {id}: its parts are gone now",
                async db => await db.ExecuteAsync("DELETE FROM upload_part WHERE upload_id = @id", new { id }) > 0
            ),
        });
}
