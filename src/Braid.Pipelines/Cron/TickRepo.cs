using Braid.Data;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Specs;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Cron;

/// <summary>The repo that holds the ticks of one cron input: what it holds, and how ticks are added.</summary>
internal sealed class TickRepo(VersionedData data, ContentStore content, Input.Cron input)
{
    private static readonly FileContent empty = FileContent.Empty;

    public BranchName Branch => PipelineRepos.BranchOf(input);

    /// <summary>The branch's head; null when there is none.</summary>
    public async Task<Commit?> HeadAsync(DbRead db) =>
        (await data.Commits.ResolveAsync(db, Branch.Repo, CommitSpec.OfBranch(Branch.Name))).TryGet(out var head, out _)
            ? head
            : null;

    /// <summary>The newest tick of a commit; other files do not count.</summary>
    public async Task<DateTimeOffset?> LastAsync(Commit? head, CancellationToken ct)
    {
        // Times sort as their names do.
        await foreach (var entry in content.WalkBackAsync(head?.Root ?? TreeRoot.Empty, "/", null, ct))
        {
            if (DueTicks.TimeOf(entry.Path.TrimStart('/')) is { } tick)
            {
                return tick;
            }
        }

        return null;
    }

    /// <summary>The tree with ticks added to the head's, kept by the hold until a commit names it.</summary>
    public async Task<TickedTree> AddAsync(
        ContentHold hold,
        Commit? head,
        IReadOnlyList<DateTimeOffset> ticks,
        CancellationToken ct
    )
    {
        var (root, added) = input.Overwrite
            ? (TreeRoot.Empty, ticks.TakeLast(1))
            : (head?.Root ?? TreeRoot.Empty, ticks);
        var edits = added.Select(TreeEdit (tick) => new TreeEdit.Put($"/{DueTicks.NameOf(tick)}", empty)).ToList();
        // Names of times are names of files, and nothing else is of that name.
        var tree = (await hold.ApplyAsync(root, edits, ct)).Value;
        return new(this, head?.Name.Id, tree, await content.StatsAsync(tree, ct));
    }

    public async Task<Result<Unit>> CommitAsync(DataTransaction transaction, TickedTree ticked)
    {
        var started = await data.Commits.StartAsync(transaction, Branch, null, "");
        return started.TryGet(out var commit, out var error)
            ? (
                await data.Commits.FinishOutputAsync(transaction.Db, commit.Name, ticked.Root, ticked.Size, null)
            ).Select(_ => Unit.Value)
            : error;
    }
}

/// <summary>What a tick repo is to hold next.</summary>
/// <param name="Head">The commit that it was made from; it is worth nothing once there is another.</param>
internal sealed record TickedTree(TickRepo Repo, CommitSetId? Head, TreeRoot Root, TreeStats Size);
