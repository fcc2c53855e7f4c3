using System.Globalization;
using System.Text;

namespace Braid.Grpc.Statuses;

/// <summary><c>grpc-message</c>: UTF-8 with everything but printable ASCII, and the percent sign, as %XX.</summary>
public static class PercentEncoding
{
    public static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 16);
        foreach (var one in Encoding.UTF8.GetBytes(text))
        {
            _ = IsPlain(one) ? encoded.Append((char)one) : encoded.Append(CultureInfo.InvariantCulture, $"%{one:X2}");
        }

        return encoded.ToString();
    }

    /// <summary>The text; a percent sign without two hex digits stays as it is, as the protocol demands.</summary>
    public static string Decode(string encoded)
    {
        if (!encoded.Contains('%', StringComparison.Ordinal))
        {
            return encoded;
        }

        var bytes = new List<byte>(encoded.Length);
        for (var at = 0; at < encoded.Length; at++)
        {
            if (encoded[at] == '%' && TryHex(encoded, at + 1, out var value))
            {
                bytes.Add(value);
                at += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(encoded, at, 1));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static bool IsPlain(byte one) => one is >= (byte)' ' and <= (byte)'~' and not (byte)'%';

    private static bool TryHex(string text, int at, out byte value)
    {
        value = 0;
        return at + 2 <= text.Length
            && byte.TryParse(
                text.AsSpan(at, 2),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out value
            );
    }
}
