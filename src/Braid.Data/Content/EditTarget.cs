using Braid.Data.Branching;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Data.Repositories;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Data.Content;

/// <summary>
/// Where edits go, as of one moment: into an open commit, or into a new commit on a branch. Two targets are equal when
/// nothing that matters to a writer happened between them.
/// </summary>
/// <param name="OpenId">The open commit; null for a new one.</param>
/// <param name="HeadId">The commit to build on.</param>
/// <param name="Start">The tree to apply the edits to.</param>
/// <param name="Parent">The tree of the commit to build on.</param>
/// <param name="Marks">Who has written to the open commit so far.</param>
internal sealed record EditTarget(long? OpenId, long? HeadId, TreeRoot Start, TreeRoot Parent, DatumMarks Marks)
{
    private static readonly EditTarget onNothing = OnHead(null, TreeRoot.Empty);

    public static async Task<Result<EditTarget>> FindAsync(DbRead db, RepoName repo, CommitSpec spec)
    {
        if (spec.IsBranchHead)
        {
            return await OfBranchAsync(db, new(repo, spec.Branch ?? ""));
        }

        return (await CommitResolver.ResolveAsync(db, repo, spec)).TryGet(out var commit, out var error)
            ? await OfCommitAsync(db, commit)
            : error;
    }

    private static async Task<Result<EditTarget>> OfBranchAsync(DbRead db, BranchName name)
    {
        if ((await RepoTable.GetAsync(db, name.Repo)).Error is { } missing)
        {
            return missing;
        }

        if (await BranchTable.FindAsync(db, name) is not { } branch)
        {
            return name.Check() is { } bad ? bad : onNothing;
        }

        if (branch.HeadId is { } id && await CommitTable.GetAsync(db, id) is var head)
        {
            if (!head.IsFinished)
            {
                return await OfCommitAsync(db, head);
            }

            return await IsOutputAsync(db, branch) ? Errors.StartOnOutput(name) : OnHead(head.Id, head.Tree);
        }

        return await IsOutputAsync(db, branch) ? Errors.StartOnOutput(name) : onNothing;
    }

    private static EditTarget OnHead(long? head, TreeRoot tree) => new(null, head, tree, tree, DatumMarks.None);

    private static async Task<Result<EditTarget>> OfCommitAsync(DbRead db, CommitRow commit)
    {
        if (commit.IsFinished)
        {
            return Errors.CommitFinished(commit.FullName);
        }

        return await CommitTable.IsOutputAsync(db, commit.Id)
            ? Errors.WriteToOutput(commit.FullName)
            : new EditTarget(commit.Id, commit.ParentId, commit.Tree, commit.ParentTree, commit.Marks);
    }

    private static async Task<bool> IsOutputAsync(DbRead db, BranchRow branch) =>
        (await BranchTable.ProvenanceAsync(db, branch.Id)).Count > 0;
}
