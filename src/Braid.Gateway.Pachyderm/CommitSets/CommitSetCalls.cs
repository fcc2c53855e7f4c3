using Braid.Access.Callers;
using Braid.Data.Sets;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Commits;
using Braid.Gateway.Pachyderm.Transactions;
using Braid.Gateway.Pachyderm.Wire;

namespace Braid.Gateway.Pachyderm.CommitSets;

/// <summary>The calls about all commits of one event.</summary>
internal sealed class CommitSetCalls(Braid.Data.Sets.CommitSets sets)
{
    private const string pfs = "pfs_v2.API";

    public void Map(CallTable table)
    {
        table.Stream<Pfs.InspectCommitSetRequest, Pfs.CommitInfo>(pfs, "InspectCommitSet", InspectAsync);
        table.Stream<Pfs.ListCommitSetRequest, Pfs.CommitSetInfo>(pfs, "ListCommitSet", ListAsync);
        table.Change<Pfs.SquashCommitSetRequest, Empty>(
            pfs,
            "SquashCommitSet",
            RecordedForms.SquashCommitSet,
            at => new CommitSetCalls(at.Data.CommitSets).SquashAsync
        );
        table.Unary<Pfs.DropCommitSetRequest, Empty>(
            pfs,
            "DropCommitSet",
            async (caller, request, ct) =>
                WireNames.CommitSet(request.CommitSet?.Id).TryGet(out var id, out var error)
                    ? await sets.DropAsync(caller, id, ct).AsEmptyAsync()
                    : error
        );
    }

    private async Task<Result<Empty>> SquashAsync(
        Caller caller,
        Pfs.SquashCommitSetRequest request,
        CancellationToken ct
    ) =>
        WireNames.CommitSet(request.CommitSet?.Id).TryGet(out var id, out var error)
            ? await sets.SquashAsync(caller, id, ct).AsEmptyAsync()
            : error;

    private async Task<Result<Answers<Pfs.CommitInfo>>> InspectAsync(
        Caller caller,
        Pfs.InspectCommitSetRequest request,
        CancellationToken ct
    )
    {
        if (!WireNames.CommitSet(request.CommitSet?.Id).TryGet(out var id, out var error))
        {
            return error;
        }

        return request.Wait
            ? (await sets.WaitAsync(caller, id, ct)).Select(all => new Answers<Pfs.CommitInfo>(
                all.Select(CommitMessages.Info)
            ))
            : (await sets.InspectAsync(caller, id, ct)).Select(set => new Answers<Pfs.CommitInfo>(
                set.Commits.Select(CommitMessages.Info)
            ));
    }

    private async Task<Result<Answers<Pfs.CommitSetInfo>>> ListAsync(
        Caller caller,
        Pfs.ListCommitSetRequest request,
        CancellationToken ct
    )
    {
        var project = request.Project is { Name.Length: > 0 } only ? only.Name : null;
        var found = await sets.ListAsync(caller, project, ct);
        return found.Select(all => new Answers<Pfs.CommitSetInfo>(all.Select(Info)));
    }

    private static Pfs.CommitSetInfo Info(CommitSet set)
    {
        var info = new Pfs.CommitSetInfo { CommitSet = new() { Id = set.Id.ToString() } };
        info.Commits.AddRange(set.Commits.Select(CommitMessages.Info));
        return info;
    }
}
