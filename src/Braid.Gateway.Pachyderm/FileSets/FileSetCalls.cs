using Braid.Access.Callers;
using Braid.Data.FileSets;
using Braid.Data.Remote;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Files;
using Braid.Gateway.Pachyderm.Files.Hot;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Grpc.Hosting.Calls;

namespace Braid.Gateway.Pachyderm.FileSets;

/// <summary>The file sets of <c>pfs_v2.API</c>: the bodies of ModifyFile, without a commit.</summary>
internal sealed class FileSetCalls(Braid.Data.FileSets.FileSets sets, RemoteFiles remote)
{
    private const string pfs = "pfs_v2.API";

    public void Map(CallTable table)
    {
        table.Upload<Pfs.ModifyFileRequest, Pfs.CreateFileSetResponse>(
            pfs,
            "CreateFileSet",
            CreateAsync,
            CallState.Partly,
            AddFileSplitter.Instance
        );
        table.Unary<Pfs.GetFileSetRequest, Pfs.CreateFileSetResponse>(pfs, "GetFileSet", GetAsync);
        table.Unary<Pfs.AddFileSetRequest, Empty>(pfs, "AddFileSet", AddAsync);
        table.Unary<Pfs.RenewFileSetRequest, Empty>(pfs, "RenewFileSet", RenewAsync);
        table.Unary<Pfs.ComposeFileSetRequest, Pfs.CreateFileSetResponse>(pfs, "ComposeFileSet", ComposeAsync);
        table.Unary<Pfs.ShardFileSetRequest, Pfs.ShardFileSetResponse>(pfs, "ShardFileSet", ShardAsync);
    }

    private async Task<Result<Pfs.CreateFileSetResponse>> CreateAsync(
        Caller caller,
        RequestReader<Pfs.ModifyFileRequest> requests,
        CancellationToken ct
    )
    {
        if (!sets.Begin(caller).TryGet(out var begun, out var error))
        {
            return error;
        }

        using var edits = begun;
        while (await requests.ReadAsync(ct) is { } request)
        {
            if ((await WritingCalls.ChangeAsync(edits, request, remote, ct)).Error is { } refused)
            {
                return refused;
            }
        }

        return Answer(await edits.ApplyAsync(ct));
    }

    private async Task<Result<Pfs.CreateFileSetResponse>> GetAsync(
        Caller caller,
        Pfs.GetFileSetRequest request,
        CancellationToken ct
    )
    {
        if (!WireNames.Commit(request.Commit).TryGet(out var at, out var error))
        {
            return error;
        }

        return Answer(
            request.Type == Pfs.GetFileSetRequest.Types.FileSetType.Diff
                ? await sets.OfChangesAsync(caller, at.Repo, at.Spec, ct)
                : await sets.OfCommitAsync(caller, at.Repo, at.Spec, ct)
        );
    }

    private async Task<Result<Empty>> AddAsync(Caller caller, Pfs.AddFileSetRequest request, CancellationToken ct)
    {
        if (!FileSetNames.Id(request.FileSetId).TryGet(out var id, out var error))
        {
            return error;
        }

        return WireNames.Commit(request.Commit).TryGet(out var at, out error)
            ? await sets.AddAsync(caller, at.Repo, at.Spec, id, ct).AsEmptyAsync()
            : error;
    }

    private async Task<Result<Empty>> RenewAsync(
        Caller caller,
        Pfs.RenewFileSetRequest request,
        CancellationToken ct
    ) =>
        FileSetNames.Id(request.FileSetId).TryGet(out var id, out var error)
            ? await sets.RenewAsync(caller, id, FileSetNames.Life(request.TtlSeconds), ct).AsEmptyAsync()
            : error;

    private async Task<Result<Pfs.CreateFileSetResponse>> ComposeAsync(
        Caller caller,
        Pfs.ComposeFileSetRequest request,
        CancellationToken ct
    ) =>
        FileSetNames.Ids(request.FileSetIds).TryGet(out var ids, out var error)
            ? Answer(await sets.ComposeAsync(caller, ids, FileSetNames.Life(request.TtlSeconds), ct))
            : error;

    private async Task<Result<Pfs.ShardFileSetResponse>> ShardAsync(
        Caller caller,
        Pfs.ShardFileSetRequest request,
        CancellationToken ct
    )
    {
        if (!FileSetNames.Id(request.FileSetId).TryGet(out var id, out var error))
        {
            return error;
        }

        var shards = await sets.ShardAsync(caller, id, request.NumFiles, request.SizeBytes, ct);
        return shards.Select(ranges =>
        {
            var response = new Pfs.ShardFileSetResponse();
            response.Shards.AddRange(
                ranges.Select(range => new Pfs.PathRange { Lower = range.Lower, Upper = range.Upper })
            );
            return response;
        });
    }

    private static Result<Pfs.CreateFileSetResponse> Answer(Result<FileSet> made) =>
        made.Select(set => new Pfs.CreateFileSetResponse { FileSetId = set.Id.ToString() });
}
