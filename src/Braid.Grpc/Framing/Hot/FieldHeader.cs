namespace Braid.Grpc.Framing.Hot;

/// <summary>What stands before a field of protobuf whose length is told: its number and the bytes that follow.</summary>
public readonly record struct FieldHeader(int Number, int Length)
{
    private const int lengthDelimited = 2;

    /// <summary>Reads one and moves behind it; false when the bytes end before, or hold something else.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> rest, out FieldHeader header)
    {
        var from = rest;
        header = default;
        if (
            !TryReadNumber(ref from, out var tag)
            || (tag & 7) != lengthDelimited
            || !TryReadNumber(ref from, out var length)
        )
        {
            return false;
        }

        header = new((int)(tag >> 3), (int)length);
        rest = from;
        return true;
    }

    // A number of at most 31 bits: no field of a message that is taken is longer.
    private static bool TryReadNumber(ref ReadOnlySpan<byte> from, out uint number)
    {
        var wide = 0UL;
        number = 0;
        for (var i = 0; i < 5 && i < from.Length; i++)
        {
            wide |= (ulong)(from[i] & 0x7F) << (7 * i);
            if (from[i] < 0x80)
            {
                number = (uint)wide;
                from = from[(i + 1)..];
                return wide <= int.MaxValue;
            }
        }

        return false;
    }
}
