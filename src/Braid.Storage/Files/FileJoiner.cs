using Braid.Storage.Packs;

namespace Braid.Storage.Files;

/// <summary>
/// Joins files into the same content that writing their bytes at once would give. Bytes are read only from a joint to
/// the first place where a new cut meets an old one; from there on the old chunks are taken over unread.
/// </summary>
internal sealed class FileJoiner(PackStore chunks)
{
    public async Task<FileContent> JoinAsync(IReadOnlyList<FileContent> parts, CancellationToken ct)
    {
        var whole = FileContent.Empty;
        foreach (var part in parts.Where(part => part.Size > 0))
        {
            whole = whole.Size == 0 ? part : await JoinAsync(whole, part, ct);
        }

        return whole;
    }

    private async Task<FileContent> JoinAsync(FileContent head, FileContent tail, CancellationToken ct)
    {
        var (list, last) = await ChunkListBuilder.ResumeAsync(chunks, head, ct);
        using var writer = new ChunkWriter(chunks, list);
        var joint = new Joint(chunks, writer, list);
        await joint.AddAsync(last.GetValueOrDefault(), ct);
        await foreach (var piece in new ChunkWalk(chunks).PiecesAsync(tail, 0, tail.Size, ct))
        {
            await joint.AddAsync(piece.Chunk, ct);
        }

        return await writer.FinishAsync(ct);
    }

    /// <summary>The stretch where cuts are made anew, and the old chunks that begin in it.</summary>
    private sealed class Joint(PackStore chunks, ChunkWriter writer, ChunkListBuilder list)
    {
        private readonly Queue<ChunkRef> old = new();
        private long oldStart;
        private long cut;
        private bool isClosed;

        public async ValueTask AddAsync(ChunkRef chunk, CancellationToken ct)
        {
            if (isClosed)
            {
                await list.AddAsync(chunk, ct);
                return;
            }

            await CutAnewAsync(chunk, ct);
            while (isClosed && old.TryDequeue(out var known))
            {
                await list.AddAsync(known, ct);
            }
        }

        private async ValueTask CutAnewAsync(ChunkRef chunk, CancellationToken ct)
        {
            old.Enqueue(chunk);
            using var bytes = await chunks.ReadAsync(chunk.Hash, ct);
            writer.Fill(bytes.Span);
            while (!isClosed && await writer.CutAsync(isEnd: false, ct) is var length and > 0)
            {
                cut += length;
                isClosed = MeetsOldCut();
            }

            if (isClosed)
            {
                writer.DropPending();
            }
        }

        private bool MeetsOldCut()
        {
            while (old.TryPeek(out var first) && oldStart + first.Size <= cut)
            {
                oldStart += old.Dequeue().Size;
            }

            return oldStart == cut;
        }
    }
}
