using Braid.Pipelines.Datums.Trees;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Jobs;

/// <summary>Finds out which datums wrote the same path, once it is known that two did.</summary>
internal sealed class OutputWriters(ContentStore content, DatumTree tree)
{
    /// <summary>The first path that two of the datums that changed wrote, as a file at least one of them.</summary>
    public async Task<Error> CollisionAsync(DatumChanges changes, CancellationToken ct)
    {
        // Files by their paths, directories by theirs with a slash.
        var writers = new Dictionary<string, Sha256Hash>(StringComparer.Ordinal);
        await foreach (var (datum, _, output) in changes.FindAsync(ct))
        {
            var written = output is null ? TreeRoot.Empty : new(output.ContentHash);
            await foreach (var entry in content.WalkAsync(written, "/", null, ct))
            {
                var isFile = entry.Kind == EntryKind.File;
                var other = isFile ? $"{entry.Path}/" : entry.Path.TrimEnd('/');
                var isNew = writers.TryAdd(entry.Path, datum);
                if (isFile && !isNew || writers.ContainsKey(other))
                {
                    var first = writers.GetValueOrDefault(other, writers[entry.Path]);
                    return Errors.DuplicateOutput(entry.Path.TrimEnd('/'), $"{first}", $"{datum}");
                }
            }
        }

        throw new InvalidOperationException("two datums should have written the same path, but none did");
    }

    /// <summary>Which datums wrote a path that two wrote.</summary>
    public async Task<Error> CollisionAsync(string path, CancellationToken ct)
    {
        var writers = new List<string>();
        await foreach (var (id, output) in tree.OutputsAsync(ct))
        {
            if (await content.FindAsync(new(output.ContentHash), path, ct) is not null)
            {
                writers.Add($"{id}");
            }

            if (writers is [var first, var second])
            {
                return Errors.DuplicateOutput(path, first, second);
            }
        }

        throw new InvalidOperationException($"two datums should have written {path}, but only {writers.Count} did");
    }
}
