using System.Globalization;
using System.Text;
using Braid.Gateway.S3.Answers;
using Braid.Gateway.S3.Requests;

namespace Braid.Gateway.S3.Objects;

/// <summary>What a listing asks for, in either version of the call.</summary>
internal sealed record ListQuery
{
    private const int mostKeys = 1000;

    public required bool IsV2 { get; init; }

    public required string Prefix { get; init; }

    /// <summary>Empty or <c>/</c>.</summary>
    public required string Delimiter { get; init; }

    /// <summary>Only keys after this one; empty: from the beginning.</summary>
    public required string After { get; init; }

    public required int MaxKeys { get; init; }

    /// <summary>Keys are answered percent-encoded.</summary>
    public required bool Encoded { get; init; }

    public static (ListQuery? Query, S3Error? Error) Read(S3Request request)
    {
        var delimiter = request.Query("delimiter") ?? "";
        if (delimiter is not ("" or "/"))
        {
            return (null, S3Error.InvalidDelimiter);
        }

        var most = mostKeys;
        var text = request.Query("max-keys") ?? "";
        if (text.Length > 0 && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out most))
        {
            return (null, S3Error.InvalidArgument("max-keys must be a number from 0 to 1000"));
        }

        var isV2 = request.Query("list-type") == "2";
        if ((isV2 ? Start(request) : request.Query("marker") ?? "") is not { } after)
        {
            return (null, S3Error.InvalidArgument("The continuation token provided is incorrect"));
        }

        var query = new ListQuery
        {
            IsV2 = isV2,
            Prefix = request.Query("prefix") ?? "",
            Delimiter = delimiter,
            After = after,
            MaxKeys = Math.Min(most, mostKeys),
            Encoded = request.Query("encoding-type") == "url",
        };
        return (query, null);
    }

    /// <summary>The continuation token of a page that ended with this key.</summary>
    public static string Token(string after) => Convert.ToBase64String(Encoding.UTF8.GetBytes(after));

    public string Encode(string key) =>
        Encoded ? Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal) : key;

    private static string? Start(S3Request request)
    {
        if (request.Query("continuation-token") is not { Length: > 0 } token)
        {
            return request.Query("start-after") ?? "";
        }

        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var written)
            ? Encoding.UTF8.GetString(bytes, 0, written)
            : null;
    }
}
