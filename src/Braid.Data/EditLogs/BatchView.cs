using Braid.Storage;
using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Data.EditLogs;

/// <summary>
/// What is at a path after the edits of a batch, which no tree holds yet: the last word about the path itself or about a
/// directory above it counts, and where there is none, the tree before the batch.
/// </summary>
internal sealed class BatchView(ContentStore store)
{
    private readonly Dictionary<string, (FileContent? Content, int At)> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (TreeEntry? Source, int At)> places = new(StringComparer.Ordinal);
    private int edits;

    public void SetFile(string path, FileContent? content) => files[path] = (content, edits++);

    /// <summary>A file or directory with all below it was put in place of what was there; null: nothing.</summary>
    public void SetPlace(string path, TreeEntry? source) => places[path] = (source, edits++);

    public void Clear()
    {
        files.Clear();
        places.Clear();
    }

    /// <summary>The content of the file at the path; null when there is no file.</summary>
    public async ValueTask<FileContent?> FindAsync(TreeRoot before, string path, CancellationToken ct)
    {
        var isKnown = files.TryGetValue(path, out var file);
        if (LastPlace(path, isKnown ? file.At : -1) is { } place)
        {
            return await FindInAsync(place.Source, path[place.Length..], ct);
        }

        return isKnown ? file.Content
            : before.IsEmpty ? null
            : (await store.FindAsync(before, path, ct))?.Content;
    }

    private async ValueTask<FileContent?> FindInAsync(TreeEntry? source, string below, CancellationToken ct)
    {
        if (source is null or { Files: 0 } || below.Length == 0)
        {
            return source?.Content;
        }

        return source.Kind == EntryKind.Directory
            ? (await store.FindAsync(new(source.ContentHash), below, ct))?.Content
            : null;
    }

    /// <summary>The last place, of the path or a directory above it, that was set after <paramref name="after"/>.</summary>
    private (TreeEntry? Source, int Length)? LastPlace(string path, int after)
    {
        (TreeEntry?, int)? last = null;
        for (var length = path.Length; places.Count > 0 && length > 0; length = path.LastIndexOf('/', length - 1))
        {
            if (places.TryGetValue(path[..length], out var place) && place.At > after)
            {
                (last, after) = ((place.Source, length), place.At);
            }
        }

        if (places.TryGetValue("/", out var all) && all.At > after)
        {
            last = (all.Source, 0);
        }

        return last;
    }
}
