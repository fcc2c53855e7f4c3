using System.Runtime.CompilerServices;
using Braid.Storage.Packs;

namespace Braid.Storage.Files;

/// <summary>The part of one chunk that a range of a file covers.</summary>
internal readonly record struct ChunkPiece(ChunkRef Chunk, int Skip, int Take);

/// <summary>Finds the chunks of a file, in order, by way of its chunk lists; reads only the lists that a range needs.</summary>
internal sealed class ChunkWalk(PackStore chunks)
{
    /// <summary>The chunks that bytes [offset, end) touch; the range lies within the file.</summary>
    public async IAsyncEnumerable<ChunkPiece> PiecesAsync(
        FileContent content,
        long offset,
        long end,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        if (offset >= end)
        {
            yield break;
        }

        var open = new Stack<Node>();
        open.Push(new(new(content.Hash, content.Size), 0, CheckedDepth(content)));
        while (open.TryPop(out var node))
        {
            if (node.Depth == 0)
            {
                yield return Piece(node, offset, end);
                continue;
            }

            var entries = await ChunkList.LoadAsync(chunks, node.Depth, node.Ref.Hash, ct);
            Push(open, node, entries, offset, end);
        }
    }

    private static int CheckedDepth(FileContent content) =>
        content.Depth <= ChunkList.MaxDepth
            ? content.Depth
            : throw new CorruptionException($"file content {content.Hash} has depth {content.Depth}");

    private static void Push(Stack<Node> open, Node parent, ChunkRef[] entries, long offset, long end)
    {
        var start = parent.Start + parent.Ref.Size;
        if (entries.Sum(entry => entry.Size) != parent.Ref.Size)
        {
            throw new CorruptionException($"chunk list {parent.Ref.Hash} does not add up to {parent.Ref.Size} bytes");
        }

        for (var i = entries.Length - 1; i >= 0; i--)
        {
            start -= entries[i].Size;
            if (start < end && start + entries[i].Size > offset)
            {
                open.Push(new(entries[i], start, parent.Depth - 1));
            }
        }
    }

    private static ChunkPiece Piece(Node node, long offset, long end)
    {
        var from = Math.Max(offset, node.Start);
        var to = Math.Min(end, node.Start + node.Ref.Size);
        return new(node.Ref, (int)(from - node.Start), (int)(to - from));
    }

    private readonly record struct Node(ChunkRef Ref, long Start, int Depth);
}
