using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pfs;

namespace Braid.Cli.Transfers;

/// <summary>A commit with a description, for one change: finished when that is made, dropped when it is not.</summary>
internal sealed class WorkCommit : IAsyncDisposable
{
    private readonly PachClient pach;
    private bool isFinished;

    private WorkCommit(PachClient pach, Commit commit) => (this.pach, Commit) = (pach, commit);

    public Commit Commit { get; }

    public static async Task<WorkCommit> StartAsync(
        PachClient pach,
        Branch branch,
        string description,
        CancellationToken ct
    ) =>
        new(
            pach,
            await pach.CallAsync(
                PfsMethods.StartCommit,
                new StartCommitRequest { Branch = branch, Description = description },
                ct
            )
        );

    public async Task FinishAsync(CancellationToken ct)
    {
        await pach.CallAsync(PfsMethods.FinishCommit, new FinishCommitRequest { Commit = Commit }, ct);
        isFinished = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (!isFinished)
        {
            // Not the caller's token: that may be what ended it.
            await pach.CallAsync(
                PfsMethods.DropCommitSet,
                new DropCommitSetRequest { CommitSet = new() { Id = Commit.Id } },
                CancellationToken.None
            );
        }
    }
}
