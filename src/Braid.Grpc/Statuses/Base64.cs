namespace Braid.Grpc.Statuses;

/// <summary>How binary metadata (keys that end in <c>-bin</c>) travels: base64, padding optional on reading and left out on writing.</summary>
public static class Base64
{
    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    public static bool TryDecode(string text, out byte[] bytes)
    {
        var padded = text.TrimEnd('=');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        bytes = new byte[padded.Length / 4 * 3];
        var ok = Convert.TryFromBase64String(padded, bytes, out var written);
        bytes = bytes[..written];
        return ok;
    }
}
