using System.Text;
using Braid.Primitives;

namespace Braid.Storage.Trees;

/// <summary>
/// Paths from outside, taken apart: absolute, '/' between segments, any UTF-8. A segment is never empty, '.', '..' and holds
/// no NUL; a '/' at the end is allowed and means nothing.
/// </summary>
internal static class TreePath
{
    /// <summary>Bytes of a whole path.</summary>
    public const int MaxLength = 4096;

    /// <summary>Segments of a path.</summary>
    public const int MaxDepth = 256;

    /// <summary>Invalid UTF-16 throws rather than becoming question marks.</summary>
    private static readonly UTF8Encoding strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>The segments; none for <c>/</c>.</summary>
    public static Result<string[]> Split(string path)
    {
        if (!path.StartsWith('/'))
        {
            return Errors.BadPath(path, "it does not start with '/'");
        }

        if (!TryMeasure(path, out var length) || length > MaxLength)
        {
            return Errors.BadPath(path, $"it is not valid Unicode of at most {MaxLength} bytes");
        }

        var inner = path.AsSpan(1);
        inner = inner.EndsWith("/") ? inner[..^1] : inner;
        var segments = path.Length == 1 ? [] : inner.ToString().Split('/');
        return Flaw(segments) is { } flaw ? Errors.BadPath(path, flaw) : segments;
    }

    public static byte[] FileKey(string name) => strict.GetBytes(name);

    /// <summary>A directory sorts, and is stored, under its name with a '/', so that a walk is in the order of whole paths.</summary>
    public static byte[] DirectoryKey(string name) => strict.GetBytes(name + "/");

    /// <summary>The bytes to compare with keys; text that is not valid Unicode matches nothing and is compared as it can be.</summary>
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte> key) => Encoding.UTF8.GetString(key.Span);

    private static bool TryMeasure(string path, out int length)
    {
        try
        {
            length = strict.GetByteCount(path);
            return true;
        }
        catch (EncoderFallbackException)
        {
            length = 0;
            return false;
        }
    }

    private static string? Flaw(string[] segments)
    {
        if (segments.Length > MaxDepth)
        {
            return $"it has more than {MaxDepth} segments";
        }

        foreach (var segment in segments)
        {
            switch (segment)
            {
                case "":
                    return "it has an empty segment";
                case "." or "..":
                    return $"it has a segment '{segment}'";
                case var _ when segment.Contains('\0', StringComparison.Ordinal):
                    return "it has a NUL character";
            }
        }

        return null;
    }
}
