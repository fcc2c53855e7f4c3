using Braid.Pipelines.Planning;
using Braid.Pipelines.Specs;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Workers.Inputs;

/// <summary>
/// Lays a datum's inputs out as files: <c>FOLDER/INPUT/full path of the match</c>. Content that a recent datum had is hard
/// linked from a cache by content; nobody can write to it, since inputs are mounted read-only.
/// </summary>
internal sealed class InputMaterialiser(ContentStore content, FileCache cache)
{
    /// <summary>Bytes laid out, and the files that wait to be opened.</summary>
    public async Task<(long Bytes, LazyFiles Lazy)> LayOutAsync(DatumLease lease, string folder, CancellationToken ct)
    {
        var bytes = 0L;
        var lazy = new LazyFiles(content);
        foreach (var match in lease.Inputs)
        {
            var leaf = lease.Leaves[match.Leaf];
            if (leaf.S3)
            {
                continue;
            }

            var into = Path.Combine(folder, leaf.Name);
            Directory.CreateDirectory(into);
            await foreach (var file in FilesAsync(lease.Reads[match.Leaf].Root, match, ct))
            {
                bytes += await PlaceAsync(file, leaf, into, lazy, ct);
            }
        }

        lazy.Start();
        return (bytes, lazy);
    }

    private async IAsyncEnumerable<TreeEntry> FilesAsync(
        TreeRoot root,
        LeafMatch match,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        if (!match.IsDirectory)
        {
            yield return await content.FindAsync(root, match.Path, ct)
                ?? throw new CorruptionException($"{match.Path} was planned from tree {root}, but is not in it");
            yield break;
        }

        var prefix = match.Path == "/" ? "/" : $"{match.Path}/";
        await foreach (var entry in content.WalkAsync(root, prefix, null, ct))
        {
            if (entry.Kind == EntryKind.File)
            {
                yield return entry;
            }
        }
    }

    private async Task<long> PlaceAsync(
        TreeEntry file,
        Input.Leaf leaf,
        string into,
        LazyFiles lazy,
        CancellationToken ct
    )
    {
        var path = $"{into}{file.Path}";
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? into);
        if (leaf.EmptyFiles || file.Content is not { Size: > 0 } bytes)
        {
            await File.WriteAllBytesAsync(path, [], ct);
            return 0;
        }

        if (leaf.Lazy)
        {
            lazy.Add(path, bytes);
            return 0;
        }

        await cache.PlaceAsync(bytes, path, ct);
        return bytes.Size;
    }
}
