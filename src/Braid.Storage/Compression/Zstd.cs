using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Braid.Storage.Compression;

/// <summary>The system's libzstd (frames of RFC 8878); where it is absent, nothing is compressed.</summary>
internal static partial class Zstd
{
    private const string library = "libzstd.so.1";

    private static readonly ConcurrentBag<CompressionContext> compressors = [];
    private static readonly ConcurrentBag<DecompressionContext> decompressors = [];

    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(library, out _);

    /// <summary>Compresses at a level and returns the bytes written, or 0 when they do not fit into <paramref name="to"/>.</summary>
    public static int Compress(ReadOnlySpan<byte> from, Span<byte> to, int level)
    {
        var context = compressors.TryTake(out var kept) ? kept : NewCompressor();
        var written = CompressWith(context, to, (nuint)to.Length, from, (nuint)from.Length, level);
        compressors.Add(context);
        return IsError(written) != 0 ? 0 : (int)written;
    }

    /// <summary>Decompresses one frame; false when it is damaged or is not exactly <paramref name="to"/>'s length.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> from, Span<byte> to)
    {
        var context = decompressors.TryTake(out var kept) ? kept : NewDecompressor();
        var written = DecompressWith(context, to, (nuint)to.Length, from, (nuint)from.Length);
        decompressors.Add(context);
        return IsError(written) == 0 && written == (nuint)to.Length;
    }

    [LibraryImport(library, EntryPoint = "ZSTD_createCCtx")]
    private static partial CompressionContext NewCompressor();

    [LibraryImport(library, EntryPoint = "ZSTD_freeCCtx")]
    private static partial nuint FreeCompressor(nint context);

    [LibraryImport(library, EntryPoint = "ZSTD_createDCtx")]
    private static partial DecompressionContext NewDecompressor();

    [LibraryImport(library, EntryPoint = "ZSTD_freeDCtx")]
    private static partial nuint FreeDecompressor(nint context);

    [LibraryImport(library, EntryPoint = "ZSTD_compressCCtx")]
    private static partial nuint CompressWith(
        CompressionContext context,
        Span<byte> to,
        nuint toLength,
        ReadOnlySpan<byte> from,
        nuint fromLength,
        int level
    );

    [LibraryImport(library, EntryPoint = "ZSTD_decompressDCtx")]
    private static partial nuint DecompressWith(
        DecompressionContext context,
        Span<byte> to,
        nuint toLength,
        ReadOnlySpan<byte> from,
        nuint fromLength
    );

    [LibraryImport(library, EntryPoint = "ZSTD_isError")]
    private static partial uint IsError(nuint code);

    internal sealed class CompressionContext() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle() => FreeCompressor(handle) == 0;
    }

    internal sealed class DecompressionContext() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle() => FreeDecompressor(handle) == 0;
    }
}
