namespace Braid.Storage.Packs;

/// <summary>What tests turn and products leave.</summary>
internal sealed record PackStoreOptions
{
    /// <summary>Bytes after which a pack is sealed.</summary>
    public int PackLength { get; init; } = 32 * 1024 * 1024;

    /// <summary>Chunks after which a pack is sealed, however small they are: its index is made in memory.</summary>
    public int PackChunks { get; init; } = 64 * 1024;

    /// <summary>Packs that may be written at the same time.</summary>
    public int Lanes { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 8);

    /// <summary>
    /// What to do when a sync failed: stop the process. Nobody knows then what the disk holds, and a second sync may falsely
    /// succeed.
    /// </summary>
    public Action<Exception> LostSync { get; init; } =
        error => Environment.FailFast("the disk failed to sync stored content; check it, then start again", error);
}
