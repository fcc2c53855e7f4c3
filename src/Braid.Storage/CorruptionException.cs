using Braid.Primitives;

namespace Braid.Storage;

/// <summary>
/// Stored bytes are missing or are not what was written. The message names the chunk and the pack; no retry helps, a
/// replica or a backup does.
/// </summary>
public sealed class CorruptionException : FaultException
{
    public CorruptionException(string message)
        : this(message, null) { }

    public CorruptionException(string message, Exception? cause)
        : base(Fault.DataLoss(message), cause) { }
}
