using Braid.Access.Callers;
using Braid.Data;
using Braid.Data.Content;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Primitives;
using Braid.Tracking.Datasets;

namespace Braid.Gateway.ClearML.Datasets;

/// <summary>
/// Writes the files of a version to a commit: those of other versions are taken over from their commits, unread; the others
/// are unpacked from the archives that they were uploaded in.
/// </summary>
internal sealed class DatasetFiles(ClearMLRooms rooms, DatasetVersions versions, VersionedData data, Caller caller)
{
    private readonly Dictionary<RunId, DatasetVersion?> known = [];

    /// <summary>The versions that it was made from, as far as they are commits.</summary>
    public async Task<IReadOnlyList<DatasetVersion>> ParentsAsync(
        DatasetState state,
        RunId version,
        CancellationToken ct
    )
    {
        var parents = new List<DatasetVersion>();
        foreach (var id in (state.Parents.GetValueOrDefault($"{version}") ?? []).Distinct(StringComparer.Ordinal))
        {
            if (RunId.TryParse(id, out var parent) && await FindAsync(parent, ct) is { } found)
            {
                parents.Add(found);
            }
        }

        return parents;
    }

    /// <exception cref="InvalidDataException">An archive is damaged.</exception>
    public async Task<Error?> WriteAsync(RunId version, DatasetState state, Commit to, CancellationToken ct)
    {
        var editing = await data.Files.EditAsync(caller, to.Name.Repo, CommitSpec.OfId(to.Name.Id), ct);
        if (!editing.TryGet(out var edits, out var refused))
        {
            return refused;
        }

        using (edits)
        {
            await edits.DeleteAsync("/", ct);
            return await WriteAsync(version, state, edits, ct) is { } error
                ? error
                : (await edits.ApplyAsync(ct)).Error;
        }
    }

    private async Task<Error?> WriteAsync(
        RunId version,
        DatasetState state,
        FileEdits<Commit> edits,
        CancellationToken ct
    )
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        await using var archives = new DatasetArchives(rooms.Runs, rooms.Artifacts, caller);
        // Archive by archive, so that each is opened once.
        var byArchive = state
            .Files.OrderBy(file => file.Version, StringComparer.Ordinal)
            .ThenBy(file => file.Archive, StringComparer.Ordinal);
        foreach (var file in byArchive)
        {
            var path = DatasetNames.Path(file.Path);
            var problem = written.Add(path)
                ? await WriteAsync(version, file, path, archives, edits, ct)
                : Errors.OnePathTwice(path);
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    private async Task<Error?> WriteAsync(
        RunId version,
        DatasetState.FileEntry file,
        string path,
        DatasetArchives archives,
        FileEdits<Commit> edits,
        CancellationToken ct
    )
    {
        if (!RunId.TryParse(file.Version, out var source))
        {
            return Errors.NotInArchive(file.Path, file.Archive ?? "", version);
        }

        if (source != version && await FindAsync(source, ct) is { } other)
        {
            var from = RepoName.Parse(other.Repo).Select(repo => new FileAt(repo, CommitOf(other), path));
            if (from.IsOk && (await edits.CopyAsync(from.Value, path, append: false, ct)).IsOk)
            {
                return null;
            }
        }

        var found = await archives.FindAsync(source, file.Archive ?? "data", file.Path, ct);
        if (!found.TryGet(out var entry, out var missing))
        {
            return missing;
        }

        await using var packed = await entry.OpenAsync(ct);
        await using var unpacked = new MeasuredStream(packed, entry.Length, file.Path);
        return (await edits.AppendAsync(path, unpacked, ct)).Error;
    }

    /// <summary>A version that is a commit.</summary>
    private async Task<DatasetVersion?> FindAsync(RunId version, CancellationToken ct)
    {
        if (!known.TryGetValue(version, out var found))
        {
            found = await versions.FindAsync(version, ct) is { Commit.Length: > 0 } made ? made : null;
            known.Add(version, found);
        }

        return found;
    }

    private static CommitSpec CommitOf(DatasetVersion version) => CommitSpec.OfId(CommitSetId.Parse(version.Commit));
}
