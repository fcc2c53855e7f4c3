using Braid.Access.Callers;
using Braid.Data.Content;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Storage.Trees;

namespace Braid.Gateway.Pachyderm.Files;

/// <summary>The calls that find files and say what they are.</summary>
internal sealed class ListingCalls(Braid.Data.Content.Files files)
{
    private const string pfs = "pfs_v2.API";
    private const long mostFiles = 100_000;

    public void Map(CallTable table)
    {
        table.Apart<Pfs.InspectFileRequest, Pfs.FileInfo>(pfs, "InspectFile", InspectAsync);
        table.Stream<Pfs.ListFileRequest, Pfs.FileInfo>(pfs, "ListFile", ListAsync);
        table.Stream<Pfs.WalkFileRequest, Pfs.FileInfo>(pfs, "WalkFile", WalkAsync);
        table.Stream<Pfs.GlobFileRequest, Pfs.FileInfo>(pfs, "GlobFile", GlobAsync);
        table.Stream<Pfs.DiffFileRequest, Pfs.DiffFileResponse>(pfs, "DiffFile", DiffAsync);
    }

    private async Task<Result<Pfs.FileInfo>> InspectAsync(
        Caller caller,
        Pfs.InspectFileRequest request,
        CancellationToken ct
    ) =>
        FileMessages.FileAt(request.File).TryGet(out var file, out var error)
            ? (await files.InspectAsync(caller, file, ct)).Select(found =>
                new FileMessages(found.Commit).Of(found.Entry)
            )
            : error;

    private async Task<Result<Answers<Pfs.FileInfo>>> ListAsync(
        Caller caller,
        Pfs.ListFileRequest request,
        CancellationToken ct
    )
    {
        if (CheckPage(request.Number, request.Reverse) is { } bad)
        {
            return bad;
        }

        var options = new ListOptions { After = NameIn(request.PaginationMarker), Reverse = request.Reverse };
        return FileMessages.FileAt(request.File).TryGet(out var directory, out var error)
            ? Infos(await files.ListAsync(caller, directory, options, ct), request.Number)
            : error;
    }

    private async Task<Result<Answers<Pfs.FileInfo>>> WalkAsync(
        Caller caller,
        Pfs.WalkFileRequest request,
        CancellationToken ct
    )
    {
        if (CheckPage(request.Number, request.Reverse) is { } bad)
        {
            return bad;
        }

        if (!FileMessages.FileAt(request.File).TryGet(out var directory, out var error))
        {
            return error;
        }

        var marker = request.PaginationMarker is { Path.Length: > 0 } given ? given.Path : null;
        var found = request.Reverse
            ? await files.WalkBackAsync(caller, directory, marker, ct)
            : await files.WalkAsync(caller, directory, marker, ct);
        return Infos(found, request.Number);
    }

    private async Task<Result<Answers<Pfs.FileInfo>>> GlobAsync(
        Caller caller,
        Pfs.GlobFileRequest request,
        CancellationToken ct
    )
    {
        if (!WireNames.Commit(request.Commit).TryGet(out var at, out var error))
        {
            return error;
        }

        var found = await files.GlobAsync(
            caller,
            new(at.Repo, at.Spec, request.Pattern),
            request.PathRange?.Lower ?? "",
            ct
        );
        return found.Select(listing => new Answers<Pfs.FileInfo>(
            listing.Entries.Within(request.PathRange).Select(new FileMessages(listing.Commit).Of)
        ));
    }

    private async Task<Result<Answers<Pfs.DiffFileResponse>>> DiffAsync(
        Caller caller,
        Pfs.DiffFileRequest request,
        CancellationToken ct
    )
    {
        if (!FileMessages.FileAt(request.NewFile).TryGet(out var now, out var error))
        {
            return error;
        }

        FileAt? old = null;
        if (request.OldFile?.Commit is not null)
        {
            if (!FileMessages.FileAt(request.OldFile).TryGet(out var given, out error))
            {
                return error;
            }

            old = given;
        }

        var found = await files.DiffAsync(caller, now, old, ct);
        return found.Select(differences => new Answers<Pfs.DiffFileResponse>(Responses(differences)));
    }

    private static IAsyncEnumerable<Pfs.DiffFileResponse> Responses(FileDifferences between)
    {
        var now = new FileMessages(between.New);
        var old = new FileMessages(between.Old ?? between.New);
        return between.Changes.Select(change => new Pfs.DiffFileResponse
        {
            NewFile = change.New is { } added ? now.Of(added) : null,
            OldFile = change.Old is { } removed ? old.Of(removed) : null,
        });
    }

    private static Result<Answers<Pfs.FileInfo>> Infos(Result<FileListing> found, long number) =>
        found.Select(listing => new Answers<Pfs.FileInfo>(
            listing.Entries.AtMost(number).Select(new FileMessages(listing.Commit).Of)
        ));

    private static Error? CheckPage(long number, bool reverse) =>
        number > mostFiles ? Errors.TooManyFiles(mostFiles)
        : reverse && number <= 0 ? Errors.ReverseNeedsNumber()
        : null;

    /// <summary>The name, within its directory, of the file after which a page begins; a directory's ends with a slash.</summary>
    private static string? NameIn(Pfs.File? marker)
    {
        if (marker is null or { Path.Length: 0 })
        {
            return null;
        }

        var slash = marker.Path.TrimEnd('/').LastIndexOf('/');
        return marker.Path[(slash + 1)..];
    }
}
