namespace Braid.Tracking.Series.Hot;

/// <summary>Unsigned LEB128 of 64 bits, and the zigzag that keeps small negative numbers short.</summary>
internal static class Varint64
{
    public const int MaxLength = 10;

    public static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    public static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    /// <summary>Writes the value; how many bytes it took.</summary>
    public static int Write(Span<byte> to, ulong value)
    {
        var at = 0;
        for (; value >= 0x80; value >>= 7)
        {
            to[at++] = (byte)(value | 0x80);
        }

        to[at] = (byte)value;
        return at + 1;
    }

    /// <summary>Reads a value and moves <paramref name="at"/> behind it.</summary>
    /// <exception cref="InvalidDataException">The bytes end within it, or it is longer than any.</exception>
    public static ulong Read(ReadOnlySpan<byte> from, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if ((uint)at >= (uint)from.Length)
            {
                break;
            }

            var digit = from[at++];
            value |= (ulong)(digit & 0x7F) << shift;
            if (digit < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number in a block is damaged");
    }
}
