using Braid.Access.Callers;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Sets;

/// <summary>Showing and removing the commits of one event together.</summary>
public sealed class CommitSets(Database database, DataTransactions transactions)
{
    /// <summary>The set and what it was made from; with <paramref name="wait"/>, once every commit is finished.</summary>
    public Task<Result<CommitSet>> InspectAsync(Caller caller, CommitSetId id, bool wait, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>All sets with a commit in the project (null: in any), newest first.</summary>
    public Task<Result<IAsyncEnumerable<CommitSet>>> ListAsync(Caller caller, string? project, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Removes the set's commits; what they wrote stays in their children.</summary>
    public Task<Result<Unit>> SquashAsync(Caller caller, CommitSetId id, CancellationToken ct) =>
        throw new NotImplementedException();

    public Task<Result<Unit>> SquashAsync(DataTransaction transaction, CommitSetId id) =>
        throw new NotImplementedException();

    /// <summary>Removes the newest set of its lines with what it wrote; branches go back to the parents.</summary>
    public Task<Result<Unit>> DropAsync(Caller caller, CommitSetId id, CancellationToken ct) =>
        throw new NotImplementedException();

    public Task<Result<Unit>> DropAsync(DataTransaction transaction, CommitSetId id) =>
        throw new NotImplementedException();
}
