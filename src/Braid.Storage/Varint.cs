namespace Braid.Storage;

/// <summary>Unsigned LEB128: seven bits a byte, low bits first, the shortest form only; at most ten bytes.</summary>
internal static class Varint
{
    public const int MaxLength = 10;

    public static int LengthOf(ulong value)
    {
        var length = 1;
        while ((value >>= 7) != 0)
        {
            length++;
        }

        return length;
    }

    /// <summary>Writes the value and returns the bytes it took.</summary>
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

    /// <summary>False on a cut, overlong or overflowing number.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, out ulong value, out int length)
    {
        value = 0;
        for (length = 0; length < Math.Min(from.Length, MaxLength); )
        {
            var digit = from[length];
            if (length == MaxLength - 1 && digit > 1)
            {
                return false;
            }

            value |= (ulong)(digit & 0x7F) << (7 * length++);
            if (digit < 0x80)
            {
                return digit != 0 || length == 1;
            }
        }

        return false;
    }
}
