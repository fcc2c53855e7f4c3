using Braid.Access.Callers;
using Braid.Data.Content;
using Braid.Data.History;
using Braid.Data.Remote;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Files.Hot;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Grpc.Hosting.Calls;
using static Braid.Protos.Pfs.ModifyFileRequest;

namespace Braid.Gateway.Pachyderm.Files;

/// <summary>
/// The one call that writes files:
/// 1 the first message names the commit; 2 the others say, in order, what to change; 3 all changes are applied at the end of
/// the stream, or none.
/// </summary>
internal sealed class WritingCalls(Braid.Data.Content.Files files, RemoteFiles remote)
{
    private const string pfs = "pfs_v2.API";

    public void Map(CallTable table) =>
        table.Upload<Pfs.ModifyFileRequest, Empty>(
            pfs,
            "ModifyFile",
            ModifyAsync,
            CallState.Partly,
            AddFileSplitter.Instance
        );

    private async Task<Result<Empty>> ModifyAsync(
        Caller caller,
        RequestReader<Pfs.ModifyFileRequest> requests,
        CancellationToken ct
    )
    {
        // (1)
        if (!(await BeginAsync(caller, await requests.ReadAsync(ct), ct)).TryGet(out var begun, out var error))
        {
            return error;
        }

        using var edits = begun;

        // (2)
        while (await requests.ReadAsync(ct) is { } request)
        {
            if ((await ChangeAsync(edits, request, remote, ct)).Error is { } refused)
            {
                return refused;
            }
        }

        // (3)
        return await edits.ApplyAsync(ct).AsEmptyAsync();
    }

    private async Task<Result<FileEdits<Commit>>> BeginAsync(
        Caller caller,
        Pfs.ModifyFileRequest? first,
        CancellationToken ct
    )
    {
        if (first?.BodyCase != BodyOneofCase.SetCommit)
        {
            return Errors.FirstMessageMustBeCommit();
        }

        return WireNames.Commit(first.SetCommit).TryGet(out var at, out var error)
            ? await files.EditAsync(caller, at.Repo, at.Spec, ct)
            : error;
    }

    /// <summary>What one message asks for, of a commit or of a file set.</summary>
    public static async Task<Result<Unit>> ChangeAsync<T>(
        FileEdits<T> edits,
        Pfs.ModifyFileRequest request,
        RemoteFiles remote,
        CancellationToken ct
    ) =>
        (await edits.WriteAsAsync(Datum(request), ct)).Error is { } refused
            ? refused
            : request.BodyCase switch
            {
                BodyOneofCase.AddFile => await AddAsync(edits, request.AddFile, remote, ct),
                BodyOneofCase.DeleteFile => await edits.DeleteAsync(request.DeleteFile.Path, ct),
                BodyOneofCase.CopyFile => await CopyAsync(edits, request.CopyFile, ct),
                BodyOneofCase.SetCommit => Errors.CommitTwice(),
                _ => Errors.EmptyModification(),
            };

    private static string Datum(Pfs.ModifyFileRequest request) =>
        request.BodyCase switch
        {
            BodyOneofCase.AddFile => request.AddFile.Datum,
            BodyOneofCase.DeleteFile => request.DeleteFile.Datum,
            BodyOneofCase.CopyFile => request.CopyFile.Datum,
            _ => "",
        };

    /// <summary>Without a source the file is made, if it is not there, and gets no bytes.</summary>
    private static async Task<Result<Unit>> AddAsync<T>(
        FileEdits<T> edits,
        Pfs.AddFile add,
        RemoteFiles remote,
        CancellationToken ct
    ) =>
        add.SourceCase == Pfs.AddFile.SourceOneofCase.Url
            ? await remote.AppendAsync(
                edits,
                add.Path,
                add.Url.URL,
                add.Url.Recursive,
                (int)Math.Min(add.Url.Concurrency, int.MaxValue),
                ct
            )
            : await edits.AppendAsync(add.Path, add.Raw?.Memory ?? default, ct);

    private static async Task<Result<Unit>> CopyAsync<T>(FileEdits<T> edits, Pfs.CopyFile copy, CancellationToken ct) =>
        FileMessages.FileAt(copy.Src).TryGet(out var from, out var error)
            ? await edits.CopyAsync(from, copy.Dst, copy.Append, ct)
            : error;
}
