using Braid.Primitives;

namespace Braid.Storage.Blobs;

/// <summary>
/// Where the bytes live: a folder (<c>DIR</c> or <c>file:///DIR</c>), or a bucket of any S3 server
/// (<c>s3://BUCKET[/PREFIX][?endpoint=http://HOST:PORT][&amp;region=REGION]</c>; the credentials are those that AWS's own
/// tools would find: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, profile, instance role).
/// </summary>
public abstract record BlobAddress
{
    private BlobAddress() { }

    /// <summary>A folder of this machine, made when missing; one process has it open at a time.</summary>
    public sealed record Folder(string Path) : BlobAddress;

    /// <summary>A bucket that exists; any number of processes may share it.</summary>
    /// <param name="Prefix">Put before every object's name; empty, or ends with '/'.</param>
    /// <param name="Endpoint">Null for AWS itself.</param>
    public sealed record S3(string Bucket, string Prefix, Uri? Endpoint, string? Region) : BlobAddress;

    /// <summary>Reads the text form.</summary>
    public static Result<BlobAddress> Parse(string text)
    {
        if (text.StartsWith("s3://", StringComparison.Ordinal))
        {
            return ParseS3(text);
        }

        var path = text.StartsWith("file://", StringComparison.Ordinal) ? text["file://".Length..] : text;
        return path.Length == 0 || path.Contains("://", StringComparison.Ordinal)
            ? Errors.BadAddress(text)
            : new Folder(Path.GetFullPath(path));
    }

    private static Result<BlobAddress> ParseS3(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return Errors.BadAddress(text);
        }

        var prefix = Uri.UnescapeDataString(uri.AbsolutePath).Trim('/');
        Uri? endpoint = null;
        string? region = null;
        foreach (var (key, value) in QueryOf(uri))
        {
            switch (key)
            {
                case "endpoint" when Uri.TryCreate(value, UriKind.Absolute, out endpoint):
                    break;
                case "region":
                    region = value;
                    break;
                default:
                    return Errors.BadAddress(text);
            }
        }

        return new S3(uri.Host, prefix.Length == 0 ? "" : prefix + "/", endpoint, region);
    }

    private static IEnumerable<(string Key, string Value)> QueryOf(Uri uri) =>
        from pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        let cut = pair.IndexOf('=', StringComparison.Ordinal)
        select cut < 0 ? (pair, "") : (pair[..cut], Uri.UnescapeDataString(pair[(cut + 1)..]));
}
