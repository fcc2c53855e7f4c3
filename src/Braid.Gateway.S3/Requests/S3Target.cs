namespace Braid.Gateway.S3.Requests;

/// <summary>What a request line asks for, read from its raw form, since a signature covers exactly what was sent.</summary>
/// <param name="RawPath">As sent, still escaped.</param>
/// <param name="Bucket">Empty: the service itself.</param>
/// <param name="Key">Empty: the bucket itself.</param>
/// <param name="Query">Decoded; the last of equal names wins.</param>
/// <param name="Pairs">The query's pairs, decoded, in their order.</param>
internal sealed record S3Target(
    string RawPath,
    string Bucket,
    string Key,
    IReadOnlyDictionary<string, string> Query,
    IReadOnlyList<(string Name, string Value)> Pairs
)
{
    public static S3Target Parse(string rawTarget)
    {
        var mark = rawTarget.IndexOf('?', StringComparison.Ordinal);
        var path = PathOf(mark < 0 ? rawTarget : rawTarget[..mark]);
        var pairs = mark < 0 ? [] : ParsePairs(rawTarget[(mark + 1)..]);
        var query = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            query[name] = value;
        }

        var slash = path.IndexOf('/', 1);
        var bucket = Uri.UnescapeDataString(slash < 0 ? path[1..] : path[1..slash]);
        return new(path, bucket, slash < 0 ? "" : Uri.UnescapeDataString(path[(slash + 1)..]), query, pairs);
    }

    /// <summary>A proxy's client sends the whole address.</summary>
    private static string PathOf(string target)
    {
        if (target.StartsWith('/'))
        {
            return target;
        }

        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        var slash = scheme < 0 ? -1 : target.IndexOf('/', scheme + 3);
        return slash < 0 ? "/" : target[slash..];
    }

    private static (string, string)[] ParsePairs(string query) =>
        [
            .. query
                .Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Split('=', 2))
                .Select(pair => (Decode(pair[0]), pair.Length > 1 ? Decode(pair[1]) : "")),
        ];

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
