namespace Braid.Client.Formats;

/// <summary>Tells an image file's format by its first bytes.</summary>
internal static class ImageFormat
{
    /// <summary>What its name ends with.</summary>
    /// <exception cref="ArgumentException">It is none that browsers show.</exception>
    public static string ExtensionOf(ReadOnlySpan<byte> image) =>
        image.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? "png"
        : image.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "jpg"
        : image.StartsWith("GIF8"u8) ? "gif"
        : image.StartsWith("RIFF"u8) && image.Length > 12 && image[8..].StartsWith("WEBP"u8) ? "webp"
        : image.StartsWith("<svg"u8) || image.StartsWith("<?xml"u8) ? "svg"
        : throw new ArgumentException(
            "an image has to be PNG, JPEG, GIF, WebP or SVG; raw pixels need width, height and channels"
        );
}
