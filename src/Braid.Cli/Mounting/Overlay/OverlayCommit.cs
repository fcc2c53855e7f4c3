using Braid.Cli.Connection.Pachyderm;
using Braid.Grpc.Statuses;
using Braid.Protos.Pfs;

namespace Braid.Cli.Mounting.Overlay;

/// <summary>What became of an overlay.</summary>
/// <param name="Commit">Its id.</param>
/// <param name="Changes">How many paths it changes.</param>
/// <param name="Moved">The branch had moved on since the mount: the changes are on top of what came meanwhile.</param>
internal sealed record Committed(string Commit, int Changes, bool Moved);

/// <summary>
/// Makes one commit of an overlay, once, however often it is tried:
/// 1. a commit is started and noted in the overlay; 2. it is emptied and written; 3. it is finished;
/// 4. when the server refuses in between, it is taken back, and the overlay stays as it was.
/// </summary>
internal sealed class OverlayCommit(PachClient pach, OverlayFolder overlay)
{
    private readonly OverlayTarget target = overlay.Target;

    /// <summary>Null when nothing is left of the changes: what was made was deleted again.</summary>
    /// <exception cref="GrpcException">The server refused, or was not reached.</exception>
    public async Task<Committed?> RunAsync(string description, CancellationToken ct)
    {
        var plan = new CommitPlan(overlay, target.Base is { } id ? CommitOf(id) : null);
        if (plan.Count() == 0)
        {
            return null;
        }

        // (1)
        var started = await GoOnAsync(ct) ?? await StartAsync(description, ct);
        if (started.Finishing is null && started.Finished is null)
        {
            await FillAsync(plan, started.Commit, ct);
        }

        return new(started.Commit.Id, plan.Count(), Moved(started));
    }

    private async Task FillAsync(CommitPlan plan, Commit commit, CancellationToken ct)
    {
        try
        {
            // (2)
            await pach.CallAsync(PfsMethods.ClearCommit, new() { Commit = commit }, ct);
            await pach.SendAsync(PfsMethods.ModifyFile, plan.RequestsAsync(commit, ct), ct);
            // (3)
            await pach.CallAsync(PfsMethods.FinishCommit, new() { Commit = commit }, ct);
        }
        catch (GrpcException refused) when (refused.Status.Code != GrpcCode.Unavailable)
        {
            // (4)
            await pach.CallAsync(PfsMethods.DropCommitSet, new() { CommitSet = new() { Id = commit.Id } }, ct);
            overlay.NoteStarted(null);
            throw;
        }
    }

    /// <summary>The commit of an earlier try, if it is still there.</summary>
    private async Task<CommitInfo?> GoOnAsync(CancellationToken ct)
    {
        if (target.Started is not { } id)
        {
            return null;
        }

        try
        {
            return await pach.CallAsync(PfsMethods.InspectCommit, new() { Commit = CommitOf(id) }, ct);
        }
        catch (GrpcException refused) when (refused.Status.Code == GrpcCode.NotFound)
        {
            return null;
        }
    }

    private async Task<CommitInfo> StartAsync(string description, CancellationToken ct)
    {
        var request = new StartCommitRequest
        {
            Branch = new() { Repo = RepoOf(), Name = target.Branch },
            Description = description,
        };
        var commit = await pach.CallAsync(PfsMethods.StartCommit, request, ct);
        overlay.NoteStarted(commit.Id);
        return await pach.CallAsync(PfsMethods.InspectCommit, new() { Commit = CommitOf(commit.Id) }, ct);
    }

    private bool Moved(CommitInfo started) =>
        target.Base is { } id && started.ParentCommit is { } parent && parent.Id != id;

    private Commit CommitOf(string id)
    {
        var repo = RepoOf();
        return new()
        {
            Repo = repo,
            Id = id,
            Branch = new() { Repo = repo },
        };
    }

    private Repo RepoOf() =>
        new()
        {
            Name = target.Repo,
            Type = target.Type,
            Project = new() { Name = target.Project },
        };
}
