using System.Text.RegularExpressions;
using Braid.Access.Callers;
using Braid.Data.Content;
using Braid.Data.FileSets;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Files;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Grpc.Hosting.Calls;
using Braid.Protos.Storage;
using Braid.Storage.Trees;
using static Braid.Protos.Storage.CreateFilesetRequest;

namespace Braid.Gateway.Pachyderm.FileSets;

/// <summary>The service <c>storage.Fileset</c>: the same file sets, without repos and commits.</summary>
internal sealed class StorageCalls(Braid.Data.FileSets.FileSets sets, Braid.Data.Content.Files files)
{
    private const string storage = "storage.Fileset";

    public void Map(CallTable table)
    {
        table.Upload<CreateFilesetRequest, CreateFilesetResponse>(storage, "CreateFileset", CreateAsync);
        table.Stream<ReadFilesetRequest, ReadFilesetResponse>(storage, "ReadFileset", ReadAsync);
        table.Unary<RenewFilesetRequest, Empty>(storage, "RenewFileset", RenewAsync);
        table.Unary<ComposeFilesetRequest, ComposeFilesetResponse>(storage, "ComposeFileset", ComposeAsync);
        table.Unary<ShardFilesetRequest, ShardFilesetResponse>(storage, "ShardFileset", ShardAsync);
    }

    private async Task<Result<CreateFilesetResponse>> CreateAsync(
        Caller caller,
        RequestReader<CreateFilesetRequest> requests,
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
            if ((await ChangeAsync(edits, request, ct)).Error is { } refused)
            {
                return refused;
            }
        }

        var made = await edits.ApplyAsync(ct);
        return made.Select(set => new CreateFilesetResponse { FilesetId = set.Id.ToString() });
    }

    private static async Task<Result<Unit>> ChangeAsync(
        FileEdits<FileSet> edits,
        CreateFilesetRequest request,
        CancellationToken ct
    )
    {
        switch (request.ModificationCase)
        {
            case ModificationOneofCase.AppendFile:
                return await edits.AppendAsync(request.AppendFile.Path, request.AppendFile.Data?.Memory ?? default, ct);
            case ModificationOneofCase.DeleteFile:
                return await edits.DeleteAsync(request.DeleteFile.Path, ct);
            case ModificationOneofCase.CopyFile:
                var copy = request.CopyFile;
                return FileSetNames.FileAt(copy.FilesetId, copy.Src).TryGet(out var from, out var error)
                    ? await edits.CopyAsync(from, copy.Dst.Length == 0 ? copy.Src : copy.Dst, append: false, ct)
                    : error;
            default:
                return Errors.EmptyModification();
        }
    }

    private async Task<Result<Answers<ReadFilesetResponse>>> ReadAsync(
        Caller caller,
        ReadFilesetRequest request,
        CancellationToken ct
    )
    {
        if (!FileSetNames.FileAt(request.FilesetId, "/").TryGet(out var root, out var bad))
        {
            return bad;
        }

        if (!(await files.WalkAsync(caller, root, after: null, ct)).TryGet(out var listing, out bad))
        {
            return bad;
        }

        var all = listing.Entries.Where(entry => entry.Kind == EntryKind.File);
        return Filtered(all, request.Filters)
            .Select(entries => new Answers<ReadFilesetResponse>(
                entries.SelectMany(entry => PiecesAsync(caller, listing, entry, request.EmptyFiles, ct))
            ));
    }

    /// <summary>A file in messages of at most 1 MiB, each with its path; one without bytes for a file without bytes.</summary>
    private async IAsyncEnumerable<ReadFilesetResponse> PiecesAsync(
        Caller caller,
        FileListing listing,
        TreeEntry entry,
        bool withoutBytes,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        if (withoutBytes || entry.Size == 0)
        {
            yield return new() { Path = entry.Path, Data = withoutBytes ? null : Google.Protobuf.ByteString.Empty };
            yield break;
        }

        var opened = files.Open(caller, new(listing.Commit, entry)).OrEndCall();
        var pieces = ByteMessages.Of(opened.ReadAsync(0, long.MaxValue, ct));
        await foreach (var piece in pieces)
        {
            yield return new() { Path = entry.Path, Data = piece.Value };
        }
    }

    /// <summary>What passes all filters.</summary>
    private static Result<IAsyncEnumerable<TreeEntry>> Filtered(
        IAsyncEnumerable<TreeEntry> entries,
        IEnumerable<FileFilter> filters
    )
    {
        foreach (var filter in filters)
        {
            switch (filter.FilterCase)
            {
                case FileFilter.FilterOneofCase.PathRange:
                    entries = entries.Within(new() { Lower = filter.PathRange.Lower, Upper = filter.PathRange.Upper });
                    break;
                case FileFilter.FilterOneofCase.PathRegex when TryRegex(filter.PathRegex) is { } regex:
                    entries = entries.Where(entry => regex.IsMatch(entry.Path));
                    break;
                case FileFilter.FilterOneofCase.PathRegex:
                    return Errors.BadRegex(filter.PathRegex);
            }
        }

        return Result.Ok(entries);
    }

    /// <summary>A client's pattern must not take time without bound, so it is matched without going back.</summary>
    private static Regex? TryRegex(string pattern)
    {
        try
        {
            return new(
                pattern,
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant,
                Regex.InfiniteMatchTimeout
            );
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private async Task<Result<Empty>> RenewAsync(Caller caller, RenewFilesetRequest request, CancellationToken ct) =>
        FileSetNames.Id(request.FilesetId).TryGet(out var id, out var error)
            ? await sets.RenewAsync(caller, id, FileSetNames.Life(request.TtlSeconds), ct).AsEmptyAsync()
            : error;

    private async Task<Result<ComposeFilesetResponse>> ComposeAsync(
        Caller caller,
        ComposeFilesetRequest request,
        CancellationToken ct
    )
    {
        if (!FileSetNames.Ids(request.FilesetIds).TryGet(out var ids, out var error))
        {
            return error;
        }

        var made = await sets.ComposeAsync(caller, ids, FileSetNames.Life(request.TtlSeconds), ct);
        return made.Select(set => new ComposeFilesetResponse { FilesetId = set.Id.ToString() });
    }

    private async Task<Result<ShardFilesetResponse>> ShardAsync(
        Caller caller,
        ShardFilesetRequest request,
        CancellationToken ct
    )
    {
        if (!FileSetNames.Id(request.FilesetId).TryGet(out var id, out var error))
        {
            return error;
        }

        var shards = await sets.ShardAsync(caller, id, request.NumFiles, request.SizeBytes, ct);
        return shards.Select(ranges =>
        {
            var response = new ShardFilesetResponse();
            response.Shards.AddRange(
                ranges.Select(range => new PathRange { Lower = range.Lower, Upper = range.Upper })
            );
            return response;
        });
    }
}
