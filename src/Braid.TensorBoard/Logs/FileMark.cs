using Braid.TensorBoard.Hot;

namespace Braid.TensorBoard.Logs;

/// <summary>Where a file of a log directory was read to, and which file that was.</summary>
/// <param name="Path">As in <see cref="EventFilePath"/>.</param>
/// <param name="Offset">Where the next record begins.</param>
/// <param name="Beginning">
/// The check sum of the file's first bytes; 0 while it is shorter. A first record has the time to the microsecond in it, so another
/// file of the same name has another beginning.
/// </param>
public sealed record FileMark(string Path, long Offset, uint Beginning)
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

    /// <summary>Where to go on in the file that has this name now: at its start when it is another one.</summary>
    public FileMark Continue(long length, uint beginning) =>
        length < Offset || (Beginning != 0 && Beginning != beginning)
            ? new(Path, 0, beginning)
            : this with
            {
                Beginning = beginning,
            };
}
