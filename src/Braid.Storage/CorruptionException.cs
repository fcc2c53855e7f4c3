namespace Braid.Storage;

/// <summary>
/// Stored bytes are missing or are not what was written. The message names the chunk and the pack; no retry helps, a
/// replica or a backup does.
/// </summary>
public sealed class CorruptionException : IOException
{
    public CorruptionException(string message)
        : base(message) { }

    public CorruptionException(string message, Exception cause)
        : base(message, cause) { }
}
