using Braid.Data.Branching;
using Braid.Data.Naming;
using Braid.Data.Repositories;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.History;

/// <summary>Finds the commit that a user's text points at: 1 the commit or branch named, 2 the ancestor asked for.</summary>
internal static class CommitResolver
{
    public static async Task<Result<CommitRow>> ResolveAsync(DbRead db, RepoName repo, CommitSpec spec)
    {
        if (!(await RepoTable.GetAsync(db, repo)).TryGet(out var row, out var missing))
        {
            return missing;
        }

        // 1
        var found = spec.Id is { } id
            ? await NamedAsync(db, row, id) is { } named
                ? named
                : Errors.CommitNotFound($"{repo}@{id}")
            : await HeadAsync(db, new(repo, spec.Branch ?? ""));
        if (!found.TryGet(out var commit, out var error) || (spec.Up == 0 && spec.FromRoot is null))
        {
            return found;
        }

        // 2
        var generation = (spec.FromRoot ?? commit.Generation) - spec.Up;
        return await CommitTable.AncestorAsync(db, commit, generation) is { } ancestor
            ? ancestor
            : Errors.CommitNotFound($"{repo}@{spec}");
    }

    /// <summary>The repo's commit of a set; where it has none, the one that the set's commits were made from.</summary>
    private static async Task<CommitRow?> NamedAsync(DbRead db, RepoRow repo, CommitSetId id) =>
        await CommitTable.FindAsync(db, repo.Id, id)
        ?? (await CommitTable.OfSetWithProvenanceAsync(db, id)).LastOrDefault(row => row.RepoId == repo.Id);

    private static async Task<Result<CommitRow>> HeadAsync(DbRead db, BranchName name)
    {
        if (!(await BranchTable.GetAsync(db, name)).TryGet(out var branch, out var error))
        {
            return error;
        }

        return branch.HeadId is { } head ? await CommitTable.GetAsync(db, head) : Errors.NoHead(name);
    }
}
