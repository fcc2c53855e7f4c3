using System.Buffers.Binary;

namespace Braid.TensorBoard.Hot;

/// <summary>
/// Reads events that hold numbers only, in the order in which protocol buffers are written: wall time, step, summary. This
/// is nearly every event there is. What looks any different is left to <c>Decoding</c>, which takes everything.
/// </summary>
internal static class ScalarEvent
{
    // A key is a field's number times 8, plus its wire type (0 variable, 1 eight bytes, 2 with a length, 5 four bytes).
    private const byte wallTimeKey = (1 << 3) | 1;
    private const byte stepKey = 2 << 3;
    private const byte summaryKey = (5 << 3) | 2;
    private const byte valueKey = (1 << 3) | 2;
    private const byte tagKey = (1 << 3) | 2;
    private const byte numberKey = (2 << 3) | 5;
    private const byte tensorKey = (8 << 3) | 2;
    private const byte metadataKey = (9 << 3) | 2;

    /// <summary>False, and nothing is added, when the event is not that simple.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, TagTable tags, ScalarColumns to)
    {
        var at = 0;
        double wallTime = 0;
        long step = 0;
        if (payload.Length > sizeof(double) && payload[0] == wallTimeKey)
        {
            wallTime = BinaryPrimitives.ReadDoubleLittleEndian(payload[1..]);
            at = 1 + sizeof(double);
        }

        if (at < payload.Length && payload[at] == stepKey)
        {
            at++;
            if (!TryReadVarint(payload, ref at, out var number))
            {
                return false;
            }

            step = unchecked((long)number);
        }

        return WallTime.IsValid(wallTime)
            && TryTake(payload, summaryKey, ref at, out var summary)
            && at == payload.Length
            && TryReadSummary(summary, step, wallTime, tags, to);
    }

    private static bool TryReadSummary(
        ReadOnlySpan<byte> summary,
        long step,
        double wallTime,
        TagTable tags,
        ScalarColumns to
    )
    {
        var count = to.Count;
        for (var at = 0; at < summary.Length; )
        {
            if (
                !TryTake(summary, valueKey, ref at, out var value) || !TryReadValue(value, tags, out var tag, out var x)
            )
            {
                to.Truncate(count);
                return false;
            }

            to.Add(tag, step, wallTime, x);
        }

        return true;
    }

    private static bool TryReadValue(ReadOnlySpan<byte> value, TagTable tags, out int tag, out double number)
    {
        tag = 0;
        number = 0;
        var at = 0;
        if (!TryTake(value, tagKey, ref at, out var name) || at >= value.Length)
        {
            return false;
        }

        tag = tags.Intern(name);
        if (value[at] == numberKey && value.Length - at > sizeof(float))
        {
            number = BinaryPrimitives.ReadSingleLittleEndian(value[(at + 1)..]);
            at += 1 + sizeof(float);
        }
        else if (
            !tags.IsScalar(tag)
            || !TryTake(value, tensorKey, ref at, out var tensor)
            || !ScalarTensor.TryRead(tensor, out number)
        )
        {
            return false;
        }

        return at == value.Length
            || (tags.IsDescribed(tag) && TryTake(value, metadataKey, ref at, out _) && at == value.Length);
    }

    private static bool TryTake(ReadOnlySpan<byte> from, byte key, ref int at, out ReadOnlySpan<byte> field)
    {
        if ((uint)at < (uint)from.Length && from[at] == key)
        {
            at++;
            if (TryReadVarint(from, ref at, out var length) && length <= (ulong)(from.Length - at))
            {
                field = from.Slice(at, (int)length);
                at += (int)length;
                return true;
            }
        }

        field = default;
        return false;
    }

    private static bool TryReadVarint(ReadOnlySpan<byte> from, ref int at, out ulong number)
    {
        number = 0;
        for (var shift = 0; shift < 64 && (uint)at < (uint)from.Length; shift += 7)
        {
            var next = from[at++];
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
