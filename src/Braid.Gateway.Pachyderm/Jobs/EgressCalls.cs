using Braid.Access.Callers;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines.Egressing;
using Braid.Pipelines.Specs;

namespace Braid.Gateway.Pachyderm.Jobs;

/// <summary>The call that sends a commit away.</summary>
internal sealed class EgressCalls(EgressSender sender)
{
    public void Map(CallTable table) =>
        table.Unary<Pfs.EgressRequest, Pfs.EgressResponse>("pfs_v2.API", "Egress", SendAsync, CallState.Partly);

    private async Task<Result<Pfs.EgressResponse>> SendAsync(
        Caller caller,
        Pfs.EgressRequest request,
        CancellationToken ct
    )
    {
        if (!WireNames.Commit(request.Commit).TryGet(out var commit, out var error))
        {
            return error;
        }

        return Target(request) is { } target
            ? (await sender.SendAsync(caller, commit.Repo, commit.Spec, target, ct)).Select(sent =>
                Response(target, sent)
            )
            : Errors.Missing("what to send the commit to");
    }

    private static Egress? Target(Pfs.EgressRequest request) =>
        request.TargetCase switch
        {
            Pfs.EgressRequest.TargetOneofCase.ObjectStorage => new Egress.ObjectStorage(request.ObjectStorage.Url),
            Pfs.EgressRequest.TargetOneofCase.SqlDatabase => new Egress.SqlDatabase(
                request.SqlDatabase.Url,
                (SqlFileFormat)(int)(request.SqlDatabase.FileFormat ?? new()).Type,
                request.SqlDatabase.FileFormat?.Columns.ToList() ?? [],
                request.SqlDatabase.Secret?.Name ?? "",
                request.SqlDatabase.Secret?.Key ?? ""
            ),
            _ => null,
        };

    private static Pfs.EgressResponse Response(Egress target, SentOutput sent)
    {
        if (target is Egress.ObjectStorage)
        {
            return new() { ObjectStorage = new() { BytesWritten = sent.Bytes } };
        }

        var response = new Pfs.EgressResponse { SqlDatabase = new() };
        response.SqlDatabase.RowsWritten.Add(sent.Rows.ToDictionary());
        return response;
    }
}
