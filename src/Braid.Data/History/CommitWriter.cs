using Braid.Data.Branching;
using Braid.Data.Content;
using Braid.Data.Naming;
using Braid.Data.Overlaps;
using Braid.Data.Propagation;
using Braid.Primitives;

namespace Braid.Data.History;

/// <summary>Starting and finishing commits inside a transaction.</summary>
internal static class CommitWriter
{
    /// <summary>
    /// Opens a commit on a branch: 1 the branch, made when missing, depends on nothing; 2 the parent is closed; 3 the commit
    /// begins with its parent's files.
    /// </summary>
    public static async Task<Result<CommitRow>> StartAsync(
        DataTransaction tx,
        BranchName name,
        CommitSpec? parentSpec,
        string description
    )
    {
        // 1
        if (!(await BranchEditor.FindOrMakeAsync(tx, name)).TryGet(out var branch, out var missing))
        {
            return missing;
        }

        if ((await BranchTable.ProvenanceAsync(tx.Db, branch.Id)).Count > 0)
        {
            return Errors.StartOnOutput(name);
        }

        // 2
        if (!(await ParentAsync(tx, branch, parentSpec)).TryGet(out var parent, out var refused))
        {
            return refused;
        }

        // 3
        var id = await tx.CommitAsync(
            new()
            {
                RepoId = branch.RepoId,
                Branch = branch.Name,
                Origin = CommitOrigin.User,
                Parent = parent.Commit,
                Tree = parent.Commit?.Contents ?? CommitTree.Empty,
                Description = description,
            },
            branch
        );
        return id.TryGet(out var made, out var error) ? await CommitTable.GetAsync(tx.Db, made) : error;
    }

    /// <summary>
    /// Closes a commit. A failed one gets its parent's files back: what it wrote is not to be read, and the next commit
    /// builds on the last good one. One that two writers wrote the same path of has failed.
    /// </summary>
    public static async Task<CommitRow> FinishAsync(
        DataTransaction tx,
        CommitRow commit,
        string description,
        string error
    )
    {
        error = error.Length > 0 ? error : commit.Duplicate;
        if (error.Length > 0)
        {
            await ResetAsync(tx, commit);
        }

        await CommitTable.FinishAsync(tx, commit.Id, description.Length > 0 ? description : commit.Description, error);
        var finished = await CommitTable.GetAsync(tx.Db, commit.Id);
        tx.AnnounceCommit(finished.FullName);
        tx.NoteFinished(finished);
        await OverlapTable.QueueAsync(tx.Db, finished.Id);
        return finished;
    }

    /// <summary>Gives a commit the files of its parent.</summary>
    public static async Task ResetAsync(DataTransaction tx, CommitRow commit)
    {
        var parent = commit.ParentId is { } id ? await CommitTable.GetAsync(tx.Db, id) : null;
        await CommitTable.WriteTreeAsync(tx.Db, commit.Id, parent?.Contents ?? CommitTree.Empty, DatumMarks.None);
    }

    private static async Task<Result<Parent>> ParentAsync(DataTransaction tx, BranchRow branch, CommitSpec? spec)
    {
        CommitRow? parent = null;
        if (spec is not null)
        {
            var found = await CommitResolver.ResolveAsync(tx.Db, branch.FullName.Repo, spec);
            if (!found.TryGet(out parent, out _))
            {
                return Errors.ParentNotFound($"{branch.FullName.Repo}@{spec}");
            }
        }
        else if (branch.HeadId is { } head)
        {
            parent = await CommitTable.GetAsync(tx.Db, head);
        }

        return parent is { IsFinished: false } ? Errors.ParentOpen(parent.FullName)
            : parent is { IsForgotten: true } ? Errors.CommitForgotten(parent.FullName)
            : new Parent(parent);
    }

    private readonly record struct Parent(CommitRow? Commit);
}
