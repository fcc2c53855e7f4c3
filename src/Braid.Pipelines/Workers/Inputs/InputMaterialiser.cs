using System.Buffers;
using Braid.Pipelines.Planning;
using Braid.Pipelines.Specs;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Workers.Inputs;

/// <summary>
/// Lays a datum's inputs out as files: <c>FOLDER/INPUT/full path of the match</c>. Small ones are written; content of larger ones that a
/// recent datum had is hard linked from a cache by content; nobody can write to it, since inputs are mounted read-only.
/// </summary>
internal sealed class InputMaterialiser(ContentStore content, FileCache cache)
{
    /// <summary>The longest file that is written rather than linked: an entry of the cache takes a place on the disk too.</summary>
    private const int small = 64 * 1024;

    /// <summary>Bytes laid out, and the files that wait to be opened.</summary>
    public async Task<(long Bytes, LazyFiles Lazy)> LayOutAsync(
        DatumInputs inputs,
        InputFolder folder,
        CancellationToken ct
    )
    {
        var bytes = 0L;
        var lazy = new LazyFiles(content);
        foreach (var match in inputs.Matches)
        {
            var leaf = inputs.Leaves[match.Leaf];
            if (leaf.S3)
            {
                continue;
            }

            folder.AddFolder(leaf.Name);
            await foreach (var file in FilesAsync(inputs.Reads[match.Leaf].Root, match, ct))
            {
                bytes += await PlaceAsync(file, leaf, folder, lazy, ct);
            }
        }

        folder.Settle();
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
        InputFolder folder,
        LazyFiles lazy,
        CancellationToken ct
    )
    {
        if (folder.AddFile($"{leaf.Name}{file.Path}") is not { } path)
        {
            return 0;
        }

        if (leaf.EmptyFiles || file.Content is not { Size: > 0 } bytes)
        {
            NativeFiles.Create(path).Dispose();
            return 0;
        }

        if (leaf.Lazy)
        {
            lazy.Add(path, bytes);
            return 0;
        }

        await (bytes.Size <= small ? WriteAsync(bytes, path, ct) : cache.PlaceAsync(bytes, path, ct));
        return bytes.Size;
    }

    /// <summary>So few bytes are written at once, which takes less than to have it done elsewhere.</summary>
    private async Task WriteAsync(FileContent file, string path, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)file.Size);
        try
        {
            using var into = new MemoryStream(buffer);
            await content.CopyToAsync(file, 0, long.MaxValue, into, ct);
            using var made = NativeFiles.Create(path);
            RandomAccess.Write(made, buffer.AsSpan(0, (int)file.Size), 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
