using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Files;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Artifacts;

/// <summary>
/// Files of any size by path. Paths are refused (<c>tracking.bad-path</c>) when they leave their space. A job's caller
/// writes and reads the files of its own runs.
/// </summary>
public sealed class Artifacts(Database database, ContentStore store, TimeProvider clock)
{
    private readonly ArtifactUses uses = new(database, clock);

    /// <summary>Stores what the stream gives until its end, in place of what was there; durable when it returns.</summary>
    /// <param name="run">The run that the file belongs to, where the door knows it.</param>
    public async Task<Result<StoredFile>> PutAsync(
        Caller caller,
        string space,
        string path,
        Stream content,
        RunId? run,
        CancellationToken ct
    )
    {
        if (!ArtifactPaths.TryNormalise(path, out var normal) || normal.Length == 0)
        {
            return Errors.BadPath(path);
        }

        // Asked before the bytes are taken, and again when they are named: much may happen in between.
        var owner = run ?? (caller as Caller.Job)?.Run;
        if (await database.ReadAsync(db => RefusePutAsync(db, caller, space, normal, owner), ct) is { } refused)
        {
            return refused;
        }

        using var hold = store.Hold();
        var written = await hold.WriteAsync(content, ct);
        if ((await hold.SealAsync(written, ct)).Error is { } gone)
        {
            return gone;
        }

        return await database.WriteAsync(db => NameAsync(db, caller, space, normal, owner, written), ct);
    }

    /// <summary>The file or folder at the path; the space itself is the folder "".</summary>
    public async Task<Result<StoredFile>> StatAsync(Caller caller, string space, string path, CancellationToken ct)
    {
        if (path.Trim('/').Length == 0)
        {
            return new StoredFile(space, "", IsFolder: true, 0, "", clock.GetUtcNow(), null);
        }

        return (await FindAsync(caller, space, path, ct)).Select(row => row.ToFile());
    }

    public async Task<Result<OpenFile>> OpenAsync(Caller caller, string space, string path, CancellationToken ct)
    {
        var found = await FindAsync(caller, space, path, ct);
        return found.Then<OpenFile>(row =>
            row.Content is null
                ? Errors.NoSuchFile(path)
                : new OpenFile(row.ToFile(), store.OpenRead(FileContent.FromBytes(row.Content)))
        );
    }

    /// <summary>The file that an address names, as clients write it where they refer to one.</summary>
    public async Task<Result<OpenFile>> OpenAddressAsync(Caller caller, string uri, CancellationToken ct) =>
        FileAddress.Read(uri) is { } place
            ? await OpenAsync(caller, place.Space, place.Path, ct)
            : Errors.NotStoredHere(uri);

    /// <summary>Where the file or folder lies that an address names; null when it is stored elsewhere.</summary>
    public static StoredPlace? PlaceOf(string uri) =>
        FileAddress.Read(uri) is { } place ? new(place.Space, place.Path) : null;

    /// <summary>How much the files take that belong to runs, by project and user; what is stored once for several counts for each.</summary>
    public async Task<Result<IReadOnlyList<ArtifactUse>>> UsesAsync(Caller caller, CancellationToken ct) =>
        caller.MaySeeUsers() is { } refused ? refused : Result.Ok(await uses.ReadAsync(ct));

    /// <summary>The files and folders directly in a folder, by path; nothing when there is no such folder.</summary>
    public async Task<Result<IReadOnlyList<StoredFile>>> ListAsync(
        Caller caller,
        string space,
        string folder,
        CancellationToken ct
    )
    {
        if (!ArtifactPaths.TryNormalise(folder, out var normal))
        {
            return Errors.BadPath(folder);
        }

        return await database.ReadAsync(
            async db =>
            {
                var files = new List<StoredFile>();
                foreach (var row in await ArtifactRows.ListAsync(db, space, normal))
                {
                    if (await ArtifactRows.RefuseAsync(db, caller, row) is null)
                    {
                        files.Add(row.ToFile());
                    }
                }

                return (Result<IReadOnlyList<StoredFile>>)files;
            },
            ct
        );
    }

    /// <summary>Removes a file, or a folder with everything in it; the number of files that went.</summary>
    public async Task<Result<long>> DeleteAsync(Caller caller, string space, string path, CancellationToken ct)
    {
        if (!ArtifactPaths.TryNormalise(path, out var normal) || normal.Length == 0)
        {
            return Errors.BadPath(path);
        }

        return await database.WriteAsync<long>(
            async db =>
            {
                var rows = await ArtifactRows.TreeAsync(db, space, normal);
                if (rows.Count == 0)
                {
                    return Errors.NoSuchFile(path);
                }

                foreach (var row in rows)
                {
                    if (await ArtifactRows.RefuseAsync(db, caller, row) is { } refused)
                    {
                        return refused;
                    }
                }

                await ArtifactRows.DeleteAsync(db, rows);
                if (space != ArtifactSpaces.Uploads)
                {
                    await db.TellAsync(caller, new("artifact.delete", normal, $"of {space}"), clock.GetUtcNow());
                }

                return rows.LongCount(row => row.Content is not null);
            },
            ct
        );
    }

    private async Task<Result<ArtifactRow>> FindAsync(Caller caller, string space, string path, CancellationToken ct)
    {
        if (!ArtifactPaths.TryNormalise(path, out var normal))
        {
            return Errors.BadPath(path);
        }

        return await database.ReadAsync<Result<ArtifactRow>>(
            async db =>
            {
                if (await ArtifactRows.FindAsync(db, space, normal) is not { } row)
                {
                    return Errors.NoSuchFile(path);
                }

                return await ArtifactRows.RefuseAsync(db, caller, row) is { } refused ? refused : row;
            },
            ct
        );
    }

    private static async Task<Error?> RefusePutAsync(DbRead db, Caller caller, string space, string path, RunId? run)
    {
        // Only a job is bound to a run that exists; others may name any.
        if (caller is Caller.Job && run is { } id && (await RunHead.FindAsync(db, caller, id)).Error is { } refused)
        {
            return refused;
        }

        return await ArtifactRows.FindAsync(db, space, path) is { } there
            ? await ArtifactRows.RefuseAsync(db, caller, there)
            : null;
    }

    private async Task<Result<StoredFile>> NameAsync(
        DbWrite db,
        Caller caller,
        string space,
        string path,
        RunId? run,
        FileContent content
    )
    {
        if (await RefusePutAsync(db, caller, space, path, run) is { } refused)
        {
            return refused;
        }

        var row = new ArtifactRow
        {
            Space = space,
            Path = path,
            Size = content.Size,
            Content = content.ToBytes(),
            Modified = clock.GetUtcNow(),
            RunId = run,
        };
        return await ArtifactRows.WriteAsync(db, row, caller.Writer ?? "") is { } inUse ? inUse : row.ToFile();
    }
}
