using Braid.Compute.Processes;
using Braid.Data.Globbing;
using Braid.Pipelines.Specs;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Programs;

/// <summary>The one datum of a service: what its input matches, and the files of that.</summary>
internal sealed class ServedInputs(ContentStore content)
{
    /// <summary>What each leaf matches, if all that together is one datum; null when it is none, or several.</summary>
    public async Task<IReadOnlyList<TreeEntry>?> OnlyDatumAsync(
        Input input,
        IReadOnlyDictionary<Input.Leaf, TreeRoot> roots,
        CancellationToken ct
    )
    {
        var matches = new List<TreeEntry>();
        foreach (var leaf in input.Leaves)
        {
            // The glob was parsed when the pipeline was made.
            var glob = Glob.Parse(leaf.Glob).Value;
            var root = roots.GetValueOrDefault(leaf);
            var few = await GlobSearch.FindAsync(content, root, glob, ct).Take(2).ToListAsync(ct);
            if (root.IsEmpty || few is not [var only])
            {
                return null;
            }

            matches.Add(only.Entry);
        }

        return matches;
    }

    /// <summary>Writes the files of an input below a folder, as they are to appear under <c>/pfs</c>.</summary>
    public async Task<Mount> LayOutAsync(ServedInput input, string folder, CancellationToken ct)
    {
        var into = Directory.CreateDirectory(Path.Combine(folder, input.Leaf.Name)).FullName;
        await foreach (var file in FilesAsync(input, ct))
        {
            var path = $"{into}{file.Path}";
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? into);
            await using var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            if (!input.Leaf.EmptyFiles && file.Content is { Size: > 0 } bytes)
            {
                await content.CopyToAsync(bytes, 0, long.MaxValue, to, ct);
            }
        }

        return new(into, $"/pfs/{input.Leaf.Name}", Writable: false);
    }

    private IAsyncEnumerable<TreeEntry> FilesAsync(ServedInput input, CancellationToken ct) =>
        input.Entry.Kind == EntryKind.File
            ? AsyncEnumerable.Repeat(input.Entry, 1)
            : content
                .WalkAsync(input.Root, $"{input.Entry.Path.TrimEnd('/')}/", null, ct)
                .Where(entry => entry.Kind == EntryKind.File);
}
