using Braid.Cli.CommandLine;
using Braid.Cli.Mounting.Naming;
using Braid.Cli.Mounting.Reading;
using Braid.Cli.Naming;

namespace Braid.Cli.Mounting.Nodes;

/// <summary>
/// The directories above the repos' trees. A name is a repo, with or without a branch or commit, else another project. What a
/// repo's name showed once it shows for as long as the mount, unless branches are followed.
/// </summary>
internal sealed class Places(MountPlan plan, NodeTable table, TreeResolver trees, RepoReader reader, TimeProvider clock)
    : IDisposable
{
    private readonly SemaphoreSlim resolving = new(1);
    private readonly Dictionary<ulong, long> lookedAt = [];

    /// <summary>The node of a name, held once more; null when there is none.</summary>
    public async ValueTask<Node?> LookUpAsync(ProjectNode parent, string name, CancellationToken ct)
    {
        await resolving.WaitAsync(ct);
        try
        {
            return table.TryHold(parent, name, out var known)
                ? await RefreshedAsync(parent, name, known, ct)
                : await FindRepoAsync(parent, name, ct) ?? await FindProjectAsync(parent, name, ct);
        }
        finally
        {
            resolving.Release();
        }
    }

    /// <summary>Looks at what was chosen, or at the list of repos: a mount that could show nothing is refused before it begins.</summary>
    /// <exception cref="Failure">A chosen repo, branch or commit is not there.</exception>
    public async Task CheckAsync(ProjectNode root, CancellationToken ct)
    {
        foreach (var choice in plan.Chosen)
        {
            var project =
                choice.Project == plan.Home ? root : (ProjectNode?)await FindProjectAsync(root, choice.Project, ct);
            if (project is null || await LookUpAsync(project, plan.NameOf(choice), ct) is null)
            {
                throw new Failure(
                    $"{choice.Name} not found in project {choice.Project}: braid list repo shows what is there"
                );
            }
        }

        if (plan.Chosen.Count == 0)
        {
            await reader.ReposAsync(plan.Home, ct);
        }
    }

    public async Task<IReadOnlyList<string>> ListAsync(ProjectNode of, CancellationToken ct)
    {
        var repos = (
            plan.Chosen.Count > 0
                ? plan.Chosen.Where(choice => choice.Project == of.Project).Select(plan.NameOf)
                : (await reader.ReposAsync(of.Project, ct)).SelectMany(NamesOf)
        ).ToHashSet(StringComparer.Ordinal);
        if (!of.IsHome)
        {
            return [.. repos];
        }

        var projects =
            plan.Chosen.Count > 0
                ? plan.Chosen.Select(choice => choice.Project).Distinct()
                : await reader.ProjectsAsync(ct);
        return
        [
            .. repos,
            .. projects.Where(project => project != plan.Home).Select(project => ProjectName.Listed(project, repos)),
        ];
    }

    public void Dispose() => resolving.Dispose();

    /// <summary>The repo at its default branch, and at each other branch.</summary>
    private static IEnumerable<string> NamesOf(Protos.Pfs.RepoInfo repo)
    {
        var name = Names.Of(repo.Repo);
        var branches = repo.Branches.Select(branch => branch.Name).ToList();
        var shown = branches.Count == 1 ? branches[0] : TreeResolver.DefaultBranch;
        return branches.Where(branch => branch != shown).Select(branch => $"{name}@{branch}").Prepend(name);
    }

    private async Task<Node?> FindRepoAsync(ProjectNode parent, string name, CancellationToken ct)
    {
        if (plan.Find(parent.Project, name) is not { } choice || await trees.FindAsync(choice, ct) is not { } tree)
        {
            return null;
        }

        var node = table.Hold(parent, name, () => RootOf(tree));
        lookedAt[node.Id] = clock.GetTimestamp();
        return node;
    }

    private async Task<Node?> FindProjectAsync(ProjectNode parent, string name, CancellationToken ct)
    {
        var project = ProjectName.OfMarked(name) ?? name;
        if (!parent.IsHome || project == plan.Home || !RepoChoice.IsName(project))
        {
            return null;
        }

        var isThere =
            plan.Chosen.Count > 0
                ? plan.Chosen.Any(choice => choice.Project == project)
                : (await reader.ProjectsAsync(ct)).Contains(project);
        return isThere
            ? table.Hold(parent, name, () => new ProjectNode(project, isHome: false) { IsPinned = true })
            : null;
    }

    /// <summary>A followed branch is looked at again after a second; one that is written stays where the changes began.</summary>
    private async Task<Node> RefreshedAsync(ProjectNode parent, string name, Node known, CancellationToken ct)
    {
        if (
            !plan.Follow
            || known is not DirectoryNode { Tree: { IsWritable: false, Choice.IsBranch: true } tree }
            || clock.GetElapsedTime(lookedAt.GetValueOrDefault(known.Id)) < Shown.ForNow
        )
        {
            return known;
        }

        lookedAt[known.Id] = clock.GetTimestamp();
        var now = await trees.FindAsync(tree.Choice, ct);
        if (now is null || now.View == tree.View)
        {
            return known;
        }

        table.Forget(known.Id, 1);
        lookedAt.Remove(known.Id);
        var node = table.Replace(parent, name, () => RootOf(now));
        lookedAt[node.Id] = clock.GetTimestamp();
        return node;
    }

    private static DirectoryNode RootOf(MountedTree tree) => new(tree, tree.View?.Size ?? 0) { IsPinned = true };
}
