using Braid.Data.Branching;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Propagation;

/// <summary>
/// One transaction over versioned data. All commits that it makes, and those that propagate from the branches it moved,
/// belong to one commit set. Get one from <see cref="DataTransactions"/>.
/// </summary>
public sealed class DataTransaction
{
    private readonly HashSet<long> moved = [];
    private readonly HashSet<long> rebuilt = [];
    private readonly List<long> made = [];
    private readonly List<CommitName> removed = [];
    private readonly List<CommitRow> finished = [];

    private readonly bool pinned;

    /// <param name="pinned">The set has been told to somebody: what follows does not join another.</param>
    internal DataTransaction(DbWrite db, string author, DateTimeOffset now, CommitSetId set, bool pinned)
    {
        this.pinned = pinned;
        Db = db;
        Author = author;
        Now = now;
        Set = set;
    }

    /// <summary>The rows; other domains write theirs through it, in the same transaction.</summary>
    public DbWrite Db { get; }

    /// <summary>Who is recorded as the maker of what it makes.</summary>
    public string Author { get; }

    /// <summary>The one time of everything in it.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The set of every commit it makes.</summary>
    public CommitSetId Set { get; private set; }

    /// <summary>Row ids of the commits made so far, in order.</summary>
    internal IReadOnlyList<long> Made => made;

    internal IReadOnlyList<CommitName> Removed => removed;

    /// <summary>Commits that were closed in it, whose branches others may watch.</summary>
    internal IReadOnlyList<CommitRow> Finished => finished;

    /// <summary>What follows joins an older set, as far as nothing was made yet.</summary>
    internal void Join(CommitSetId set) => Set = made.Count == 0 && !pinned ? set : Set;

    /// <summary>Makes a commit and points its branch at it.</summary>
    internal async Task<Result<long>> CommitAsync(NewCommit commit, BranchRow branch)
    {
        if (await CommitTable.FindAsync(Db, commit.RepoId, Set) is not null)
        {
            return Errors.TwoCommitsOfRepo(branch.FullName);
        }

        var id = await CommitTable.InsertAsync(this, commit);
        made.Add(id);
        await MoveAsync(branch, id);
        AnnounceCommit(new(branch.FullName.Repo, Set));
        return id;
    }

    /// <summary>Points a branch somewhere else; what depends on it follows at the end.</summary>
    internal async Task MoveAsync(BranchRow branch, long? head)
    {
        await BranchTable.MoveAsync(this, branch.Id, head);
        moved.Add(branch.Id);
        Db.Announce(Topics.Repo(branch.FullName.Repo));
    }

    /// <summary>Notes that a branch is made of other branches now, so that it needs a commit.</summary>
    internal void Rebuild(long branchId) => rebuilt.Add(branchId);

    internal void NoteFinished(CommitRow commit) => finished.Add(commit);

    internal void Forget(long branchId)
    {
        moved.Remove(branchId);
        rebuilt.Remove(branchId);
    }

    internal void AnnounceCommit(CommitName commit)
    {
        Db.Announce(Topics.Commits);
        Db.Announce(Topics.CommitSet(commit.Id));
        Db.Announce(Topics.Repo(commit.Repo));
    }

    internal void AnnounceRemoved(CommitName commit)
    {
        removed.Add(commit);
        AnnounceCommit(commit);
    }

    /// <summary>Makes the commits that follow from the moves.</summary>
    internal async Task<Result<Unit>> PropagateAsync()
    {
        if (moved.Count + rebuilt.Count == 0)
        {
            return Unit.Value;
        }

        var graph = await BranchGraph.ReachedAsync(Db, Set, moved.Union(rebuilt));
        var taken = (await CommitTable.OfSetAsync(Db, Set)).Select(row => row.RepoName).ToHashSet();
        if (!PropagationPlanner.Plan(graph, moved, rebuilt, taken).TryGet(out var plan, out var error))
        {
            return error;
        }

        foreach (var planned in plan)
        {
            await FollowAsync(planned);
        }

        return Unit.Value;
    }

    private async Task FollowAsync(PlannedCommit planned)
    {
        var branch = await BranchTable.GetAsync(Db, planned.Branch.Id);
        var parent = branch.HeadId is { } head ? await CommitTable.GetAsync(Db, head) : null;
        var id = await CommitTable.InsertAsync(
            this,
            new()
            {
                RepoId = branch.RepoId,
                Branch = branch.Name,
                Origin = CommitOrigin.Auto,
                Parent = parent,
                Tree = parent?.Contents ?? CommitTree.Empty,
            }
        );
        var upstream = new List<long>();
        foreach (var branchId in planned.Upstream)
        {
            if ((await BranchTable.GetAsync(Db, branchId)).HeadId is { } from)
            {
                upstream.Add(from);
            }
        }

        await CommitTable.InsertProvenanceAsync(Db, id, upstream);
        await BranchTable.MoveAsync(this, branch.Id, id);
        made.Add(id);
        AnnounceCommit(new(branch.FullName.Repo, Set));
    }
}
