using Braid.TensorBoard.Hot;

namespace Braid.TensorBoard.Logs;

/// <summary>
/// What tells a file from another one of the same name: its first record has the time to the microsecond in it, so another file has
/// another beginning.
/// </summary>
public static class FileMark
{
    /// <summary>The shortest first record: a version and a time.</summary>
    public const int BeginningLength = 40;

    /// <summary>The check sum of the first bytes of a file, from its start; 0 when they are too few.</summary>
    public static uint BeginningOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length < BeginningLength ? 0 : MaskedCrc.Of(bytes[..BeginningLength]);

    /// <inheritdoc cref="BeginningOf(ReadOnlySpan{byte})"/>
    public static uint BeginningOf(Stream file)
    {
        Span<byte> bytes = stackalloc byte[BeginningLength];
        return BeginningOf(bytes[..file.ReadAtLeast(bytes, BeginningLength, throwOnEndOfStream: false)]);
    }
}
