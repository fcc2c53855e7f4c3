using Braid.Primitives;
using Braid.Storage.Files;
using Braid.Storage.Packs;

namespace Braid.Storage.Integrity;

/// <summary>
/// Whether all chunks of a file are there and add up. Lists are read; data is not: that its bytes are right is the scrub's
/// business, and every reader's.
/// </summary>
internal sealed class FileCheck(PackStore chunks)
{
    private readonly HashSet<FileContent> soundLists = [];

    public async ValueTask CheckAsync(FileContent content, string path, Findings findings, CancellationToken ct)
    {
        if (content.Size == 0)
        {
            return;
        }

        if (content.Depth == 0)
        {
            await CheckChunkAsync(content, path, findings, ct);
        }
        else if (!soundLists.Contains(content))
        {
            var before = findings.Count;
            await CheckListAsync(content, path, findings, ct);
            if (findings.Count == before)
            {
                soundLists.Add(content);
            }
        }
    }

    private async ValueTask CheckChunkAsync(FileContent content, string path, Findings findings, CancellationToken ct)
    {
        if (await chunks.FindAsync(content.Hash, ct) is not { } location)
        {
            findings.Add(path, $"chunk {content.Hash} is lost: no pack has a good copy of it");
        }
        else if (location.Plain != content.Size)
        {
            findings.Add(path, $"chunk {content.Hash} has {location.Plain} bytes, and should have {content.Size}");
        }
    }

    private async ValueTask CheckListAsync(FileContent content, string path, Findings findings, CancellationToken ct)
    {
        if (content.Depth > ChunkList.MaxDepth)
        {
            findings.Add(path, $"its chunk list {content.Hash} is said to have {content.Depth} levels");
            return;
        }

        ChunkRef[] entries;
        try
        {
            entries = await ChunkList.LoadAsync(chunks, content.Depth, content.Hash, ct);
        }
        catch (CorruptionException error)
        {
            findings.Add(path, $"its chunk list {content.Hash} cannot be read: {error.Error.Message}");
            return;
        }

        if (entries.Length > ChunkList.Fanout || entries.Sum(entry => entry.Size) != content.Size)
        {
            findings.Add(path, $"its chunk list {content.Hash} does not add up to {content.Size} bytes");
        }

        foreach (var entry in entries)
        {
            await CheckAsync(new(entry.Hash, entry.Size, content.Depth - 1), path, findings, ct);
        }
    }
}
