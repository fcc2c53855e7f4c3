using Braid.Access.Callers;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Transactions;
using Braid.Gateway.Pachyderm.Wire;

namespace Braid.Gateway.Pachyderm.Commits;

/// <summary>The calls about single commits.</summary>
internal sealed class CommitCalls(Braid.Data.History.Commits commits)
{
    private const string pfs = "pfs_v2.API";

    public void Map(CallTable table)
    {
        table.Change<Pfs.StartCommitRequest, Pfs.Commit>(
            pfs,
            "StartCommit",
            RecordedForms.StartCommit,
            at => new CommitCalls(at.Data.Commits).StartAsync
        );
        table.Change<Pfs.FinishCommitRequest, Empty>(
            pfs,
            "FinishCommit",
            RecordedForms.FinishCommit,
            at => new CommitCalls(at.Data.Commits).FinishAsync
        );
        table.Unary<Pfs.ClearCommitRequest, Empty>(pfs, "ClearCommit", ClearAsync);
        table.Unary<Pfs.SquashCommitRequest, Pfs.SquashCommitResponse>(pfs, "SquashCommit", SquashAsync);
        table.Unary<Pfs.DropCommitRequest, Pfs.DropCommitResponse>(pfs, "DropCommit", DropAsync);
        table.Unary<Pfs.ForgetCommitRequest, Pfs.ForgetCommitResponse>(pfs, "ForgetCommit", ForgetAsync);
        table.Apart<Pfs.InspectCommitRequest, Pfs.CommitInfo>(pfs, "InspectCommit", InspectAsync);
        table.Stream<Pfs.ListCommitRequest, Pfs.CommitInfo>(pfs, "ListCommit", ListAsync);
        table.Stream<Pfs.SubscribeCommitRequest, Pfs.CommitInfo>(pfs, "SubscribeCommit", SubscribeAsync);
    }

    private async Task<Result<Pfs.Commit>> StartAsync(
        Caller caller,
        Pfs.StartCommitRequest request,
        CancellationToken ct
    )
    {
        if (!WireNames.Branch(request.Branch).TryGet(out var branch, out var error))
        {
            return error;
        }

        return WireNames.OptionalCommit(request.Parent).TryGet(out var parent, out error)
            ? (await commits.StartAsync(caller, branch, parent, request.Description, ct)).Select(made =>
                made.ToWireName()
            )
            : error;
    }

    private async Task<Result<Empty>> FinishAsync(
        Caller caller,
        Pfs.FinishCommitRequest request,
        CancellationToken ct
    ) =>
        WireNames.Commit(request.Commit).TryGet(out var at, out var error)
            ? await commits
                .FinishAsync(caller, at.Repo, at.Spec, request.Description, request.Error, request.Force, ct)
                .AsEmptyAsync()
            : error;

    private async Task<Result<Empty>> ClearAsync(Caller caller, Pfs.ClearCommitRequest request, CancellationToken ct) =>
        WireNames.Commit(request.Commit).TryGet(out var at, out var error)
            ? await commits.ClearAsync(caller, at.Repo, at.Spec, ct).AsEmptyAsync()
            : error;

    private async Task<Result<Pfs.SquashCommitResponse>> SquashAsync(
        Caller caller,
        Pfs.SquashCommitRequest request,
        CancellationToken ct
    ) =>
        WireNames.Commit(request.Commit).TryGet(out var at, out var error)
            ? (await commits.SquashAsync(caller, at.Repo, at.Spec, request.Recursive, ct)).Select(
                _ => new Pfs.SquashCommitResponse()
            )
            : error;

    private async Task<Result<Pfs.DropCommitResponse>> DropAsync(
        Caller caller,
        Pfs.DropCommitRequest request,
        CancellationToken ct
    ) =>
        WireNames.Commit(request.Commit).TryGet(out var at, out var error)
            ? (await commits.DropAsync(caller, at.Repo, at.Spec, request.Recursive, ct)).Select(
                _ => new Pfs.DropCommitResponse()
            )
            : error;

    private async Task<Result<Pfs.ForgetCommitResponse>> ForgetAsync(
        Caller caller,
        Pfs.ForgetCommitRequest request,
        CancellationToken ct
    ) =>
        Pickers.Commit(request.Commit).TryGet(out var at, out var error)
            ? (await commits.ForgetAsync(caller, at.Repo, at.Spec, ct)).Select(_ => new Pfs.ForgetCommitResponse())
            : error;

    private async Task<Result<Pfs.CommitInfo>> InspectAsync(
        Caller caller,
        Pfs.InspectCommitRequest request,
        CancellationToken ct
    ) =>
        WireNames.Commit(request.Commit).TryGet(out var at, out var error)
            ? (await commits.InspectAsync(caller, at.Repo, at.Spec, CommitMessages.State(request.Wait), ct)).Select(
                CommitMessages.Info
            )
            : error;

    private async Task<Result<Answers<Pfs.CommitInfo>>> ListAsync(
        Caller caller,
        Pfs.ListCommitRequest request,
        CancellationToken ct
    )
    {
        if (!RepoOf(request).TryGet(out var repo, out var error))
        {
            return error;
        }

        return Query(request).TryGet(out var query, out error)
            ? (await commits.ListAsync(caller, repo, query, ct)).Select(Infos)
            : error;
    }

    private async Task<Result<Answers<Pfs.CommitInfo>>> SubscribeAsync(
        Caller caller,
        Pfs.SubscribeCommitRequest request,
        CancellationToken ct
    )
    {
        if (!WireNames.Repo(request.Repo).TryGet(out var repo, out var error))
        {
            return error;
        }

        if (!WireNames.OptionalCommit(request.From).TryGet(out var from, out error))
        {
            return error;
        }

        var branch = request.Branch.Length == 0 ? null : request.Branch;
        var origin = CommitMessages.Origin(request.OriginKind, request.All);
        var state = CommitMessages.State(request.State);
        return (await commits.SubscribeAsync(caller, repo, branch, from, state, origin, ct)).Select(Infos);
    }

    /// <summary>Some clients name the repo only in the commits that bound the list.</summary>
    private static Result<RepoName> RepoOf(Pfs.ListCommitRequest request) =>
        WireNames.Repo(request.Repo ?? request.To?.Repo ?? request.To?.Branch?.Repo);

    private static Result<CommitQuery> Query(Pfs.ListCommitRequest request)
    {
        if (!WireNames.OptionalCommit(request.From).TryGet(out var from, out var error))
        {
            return error;
        }

        return WireNames
            .OptionalCommit(request.To)
            .Select(to => new CommitQuery
            {
                From = from,
                To = to,
                Number = request.Number,
                Reverse = request.Reverse,
                Origin = CommitMessages.Origin(request.OriginKind, request.All),
                StartedBy = request.StartedTime?.ToDateTimeOffset(),
            });
    }

    private static Answers<Pfs.CommitInfo> Infos(IAsyncEnumerable<Commit> found) =>
        new(found.Select(CommitMessages.Info));
}
