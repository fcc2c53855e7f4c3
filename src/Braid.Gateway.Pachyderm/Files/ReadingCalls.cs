using Braid.Access.Callers;
using Braid.Data.Content;
using Braid.Data.Remote;
using Braid.Gateway.Pachyderm.Calls;

namespace Braid.Gateway.Pachyderm.Files;

/// <summary>The calls that read the bytes of files.</summary>
internal sealed class ReadingCalls(Braid.Data.Content.Files files, RemoteFiles remote)
{
    private const string pfs = "pfs_v2.API";

    public void Map(CallTable table)
    {
        table.Stream<Pfs.GetFileRequest, BytesValue>(pfs, "GetFile", GetAsync, CallState.Partly);
        table.Stream<Pfs.GetFileRequest, BytesValue>(pfs, "GetFileTAR", GetTarAsync, CallState.Partly);
    }

    private async Task<Result<Answers<BytesValue>>> GetAsync(
        Caller caller,
        Pfs.GetFileRequest request,
        CancellationToken ct
    )
    {
        if (!Read(request).TryGet(out var file, out var error))
        {
            return error;
        }

        if (request.URL.Length > 0)
        {
            return await SendAsync(caller, file, request.URL, ct);
        }

        var opened = await files.OpenAsync(caller, file, ct);
        return opened.Select(found => new Answers<BytesValue>(
            ByteMessages.Of(found.ReadAsync(request.Offset, LengthOf(request), ct))
        ));
    }

    private async Task<Result<Answers<BytesValue>>> GetTarAsync(
        Caller caller,
        Pfs.GetFileRequest request,
        CancellationToken ct
    )
    {
        if (!Read(request).TryGet(out var pattern, out var error))
        {
            return error;
        }

        if (request.URL.Length > 0)
        {
            return await SendAsync(caller, pattern, request.URL, ct);
        }

        var tar = new TarArchive(files, caller);
        return (await MatchAsync(caller, pattern, ct)).Select(matches => new Answers<BytesValue>(
            ByteMessages.FromAsync((to, stop) => tar.WriteAsync(matches, request.PathRange, to, stop), ct)
        ));
    }

    /// <summary>An empty pattern means everything.</summary>
    private async Task<Result<FileListing>> MatchAsync(Caller caller, FileAt pattern, CancellationToken ct) =>
        pattern.Path.Length == 0
            ? await files.WalkAsync(caller, pattern with { Path = "/" }, after: null, ct)
            : await files.GlobDeepAsync(caller, pattern, ct);

    private static long LengthOf(Pfs.GetFileRequest request) =>
        request.BraidLength > 0 ? request.BraidLength : long.MaxValue;

    private static Result<FileAt> Read(Pfs.GetFileRequest request) =>
        request.Offset < 0 ? Errors.NegativeOffset(request.Offset) : FileMessages.FileAt(request.File);

    /// <summary>Writes what matches below the URL; nothing is left to stream.</summary>
    private async Task<Result<Answers<BytesValue>>> SendAsync(
        Caller caller,
        FileAt pattern,
        string url,
        CancellationToken ct
    ) =>
        (await MatchAsync(caller, pattern, ct)).TryGet(out var matches, out var error)
            ? (await remote.WriteAsync(caller, files, matches, url, ct)).Select(_ => new Answers<BytesValue>([]))
            : error;
}
