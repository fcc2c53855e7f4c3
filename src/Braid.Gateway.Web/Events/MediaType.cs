namespace Braid.Gateway.Web.Events;

/// <summary>Tells by the first bytes what kind of file something is: writers do not say it of images.</summary>
internal static class MediaType
{
    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G'];
    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];

    /// <summary>With the dot.</summary>
    public static string ExtensionOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Png) ? ".png"
        : bytes.StartsWith("GIF8"u8) ? ".gif"
        : bytes.StartsWith(Jpeg) ? ".jpg"
        : bytes.StartsWith("RIFF"u8) ? ".wav"
        : ".bin";
}
