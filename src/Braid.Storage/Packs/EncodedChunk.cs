using System.Buffers;
using Braid.Primitives;
using Braid.Storage.Compression;

namespace Braid.Storage.Packs;

/// <summary>A chunk as a pack stores it: compressed where that saves a sixteenth, raw otherwise.</summary>
internal readonly ref struct EncodedChunk
{
    // The fastest level that still finds the repetition in text and tables; stronger ones cost more than a disk does.
    private const int level = 1;
    private const int worthTrying = 128;
    private const int sampleLength = 16 * 1024;

    private readonly byte[]? rented;

    private EncodedChunk(ChunkRecord record, ReadOnlySpan<byte> payload, byte[]? rented)
    {
        Record = record;
        Payload = payload;
        this.rented = rented;
    }

    public ChunkRecord Record { get; }

    public ReadOnlySpan<byte> Payload { get; }

    public static EncodedChunk Of(Sha256Hash hash, ReadOnlySpan<byte> plain)
    {
        if (plain.Length >= worthTrying && Zstd.IsAvailable)
        {
            var rented = ArrayPool<byte>.Shared.Rent(plain.Length);
            var length = Compress(plain, rented);
            if (length != 0)
            {
                return Make(hash, ChunkCodec.Zstd, rented.AsSpan(0, length), plain.Length, rented);
            }

            ArrayPool<byte>.Shared.Return(rented);
        }

        return Make(hash, ChunkCodec.Raw, plain, plain.Length, null);
    }

    /// <summary>Restores the chunk's bytes; false when the payload cannot be what was written.</summary>
    public static bool TryDecode(ChunkCodec codec, ReadOnlySpan<byte> payload, Span<byte> plain)
    {
        switch (codec)
        {
            case ChunkCodec.Raw when payload.Length == plain.Length:
                payload.CopyTo(plain);
                return true;
            case ChunkCodec.Zstd when Zstd.IsAvailable:
                return Zstd.TryDecompress(payload, plain);
            case ChunkCodec.Zstd:
                throw new DllNotFoundException("the chunk is compressed and libzstd.so.1 is missing; install libzstd1");
            default:
                return false;
        }
    }

    public void Dispose()
    {
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static EncodedChunk Make(
        Sha256Hash hash,
        ChunkCodec codec,
        ReadOnlySpan<byte> payload,
        int plainLength,
        byte[]? rented
    ) => new(new(hash, codec, payload.Length, plainLength, Crc32C.Of(payload)), payload, rented);

    // A sample from the middle decides about a large chunk: images, archives and weights are seen through at once.
    private static int Compress(ReadOnlySpan<byte> plain, Span<byte> into)
    {
        if (plain.Length > 4 * sampleLength)
        {
            var sample = plain.Slice((plain.Length - sampleLength) / 2, sampleLength);
            if (Zstd.Compress(sample, into[..Worthwhile(sampleLength)], level) == 0)
            {
                return 0;
            }
        }

        return Zstd.Compress(plain, into[..Worthwhile(plain.Length)], level);
    }

    private static int Worthwhile(int length) => length - (length / 16);
}
