using Braid.Storage.Packs;

namespace Braid.Storage.Files;

/// <summary>Makes a <see cref="FileContent"/> of chunks in order; holds one unfinished node a level.</summary>
internal sealed class ChunkListBuilder(PackStore chunks)
{
    private readonly List<List<ChunkRef>> levels =
    [
        [],
    ];

    /// <summary>
    /// Goes on after an existing file's last chunk but one, and gives the last one back: its end may move. Reads one node a
    /// level.
    /// </summary>
    public static async Task<(ChunkListBuilder Builder, ChunkRef? Last)> ResumeAsync(
        PackStore chunks,
        FileContent head,
        CancellationToken ct
    )
    {
        var builder = new ChunkListBuilder(chunks);
        if (head.Size == 0)
        {
            return (builder, null);
        }

        var last = new ChunkRef(head.Hash, head.Size);
        for (var depth = head.Depth; depth > 0; depth--)
        {
            var entries = await ChunkList.LoadAsync(chunks, depth, last.Hash, ct);
            builder.LevelAt(depth - 1).AddRange(entries.AsSpan()[..^1]);
            last = entries[^1];
        }

        return (builder, last);
    }

    public ValueTask AddAsync(ChunkRef chunk, CancellationToken ct) => AddAsync(0, chunk, ct);

    /// <summary>The file of all chunks added.</summary>
    public async ValueTask<FileContent> FinishAsync(CancellationToken ct)
    {
        for (var level = 0; ; level++)
        {
            var entries = levels[level];
            var isTop = level == levels.Count - 1;
            if (isTop && entries.Count <= 1)
            {
                return entries is [var only] ? new(only.Hash, only.Size, level) : FileContent.Empty;
            }

            if (entries.Count > 0)
            {
                await RollUpAsync(level, ct);
            }
        }
    }

    private async ValueTask AddAsync(int level, ChunkRef entry, CancellationToken ct)
    {
        var entries = LevelAt(level);
        entries.Add(entry);
        if (entries.Count == ChunkList.Fanout)
        {
            await RollUpAsync(level, ct);
        }
    }

    private async ValueTask RollUpAsync(int level, CancellationToken ct)
    {
        var entries = levels[level];
        var size = entries.Sum(entry => entry.Size);
        var hash = await chunks.PutAsync(ChunkList.Encode(level + 1, entries), ct);
        entries.Clear();
        await AddAsync(level + 1, new(hash, size), ct);
    }

    private List<ChunkRef> LevelAt(int level)
    {
        while (levels.Count <= level)
        {
            levels.Add([]);
        }

        return levels[level];
    }
}
