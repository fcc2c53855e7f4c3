using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Braid.Grpc.Hosting;

/// <summary>
/// Memory for connections in blocks of 32 KiB. Kestrel's own are of 4 KiB, and it asks the system once a block for what
/// arrived: a stream of large messages then spends more time on asking than on the bytes.
/// </summary>
public sealed class BlockPool : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    private const int blockLength = 32 * 1024;
    private const int mostKept = 512;

    private readonly ConcurrentQueue<Block> free = new();
    private int kept;

    public override int MaxBufferSize => blockLength;

    /// <summary>One pool for all connections.</summary>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    /// <summary>A block, whatever is asked for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More is asked for than a block has.</exception>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, blockLength);
        if (free.TryDequeue(out var block))
        {
            Interlocked.Decrement(ref kept);
            return block;
        }

        return new Block(this);
    }

    /// <summary>Nothing: connections that end, and their threads, share the pool with all others.</summary>
    protected override void Dispose(bool disposing) { }

    private void Return(Block block)
    {
        if (Interlocked.Increment(ref kept) <= mostKept)
        {
            free.Enqueue(block);
        }
        else
        {
            Interlocked.Decrement(ref kept);
        }
    }

    private sealed class Block(BlockPool pool) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = GC.AllocateUninitializedArray<byte>(blockLength, pinned: true);

        public void Dispose() => pool.Return(this);
    }
}
