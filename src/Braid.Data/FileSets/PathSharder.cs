using Braid.Storage.Trees;

namespace Braid.Data.FileSets;

/// <summary>Cuts files in path order into ranges that hold as many files or bytes as asked for, whichever is reached first.</summary>
/// <param name="files">Files of a range; 0 or less: a million.</param>
/// <param name="bytes">Bytes of a range; 0 or less: 1 GiB.</param>
internal sealed class PathSharder(long files, long bytes)
{
    private readonly long mostFiles = files > 0 ? files : 1_000_000;
    private readonly long mostBytes = bytes > 0 ? bytes : 1L << 30;

    /// <summary>At least one range; the first begins and the last ends openly.</summary>
    public async Task<IReadOnlyList<PathShard>> CutAsync(IAsyncEnumerable<TreeEntry> entries)
    {
        var shards = new List<PathShard>();
        var (lower, count, size) = ("", 0L, 0L);
        await foreach (var entry in entries)
        {
            if (entry.Kind != EntryKind.File)
            {
                continue;
            }

            if (count >= mostFiles || (count > 0 && size >= mostBytes))
            {
                shards.Add(new(lower, entry.Path));
                (lower, count, size) = (entry.Path, 0, 0);
            }

            (count, size) = (count + 1, size + entry.Size);
        }

        shards.Add(new(lower, ""));
        return shards;
    }
}
