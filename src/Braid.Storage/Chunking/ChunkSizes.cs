namespace Braid.Storage.Chunking;

/// <summary>Where files may be cut. Part of the format: other numbers would give equal files different hashes.</summary>
internal static class ChunkSizes
{
    /// <summary>No cut before this many bytes, so a file up to it is one chunk.</summary>
    public const int Min = 64 * 1024;

    /// <summary>From here on cuts are sixteen times as likely as before, which draws sizes towards it.</summary>
    public const int Normal = 256 * 1024;

    /// <summary>A cut here at the latest.</summary>
    public const int Max = 1024 * 1024;

    /// <summary>A cut before <see cref="Normal"/> needs 20 zero bits at the top of the rolling hash.</summary>
    public const ulong MaskBeforeNormal = ~0UL << (64 - 20);

    /// <summary>A cut after <see cref="Normal"/> needs 16.</summary>
    public const ulong MaskAfterNormal = ~0UL << (64 - 16);
}
