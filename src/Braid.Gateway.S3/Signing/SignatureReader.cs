using System.Globalization;
using Braid.Gateway.S3.Requests;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.S3.Signing;

/// <summary>Finds a signature in the header or in the address.</summary>
internal static class SignatureReader
{
    private static readonly TimeSpan longestLifetime = TimeSpan.FromDays(7);

    /// <summary>True when the request carries credentials of any kind.</summary>
    public static bool HasCredentials(HttpRequest request, S3Target target) =>
        request.Headers.ContainsKey("Authorization")
        || target.Query.ContainsKey("X-Amz-Signature")
        || target.Query.ContainsKey("AWSAccessKeyId");

    /// <summary>The signature, or why there is none to check.</summary>
    public static (SignatureV4? Signature, string Problem) Read(HttpRequest request, S3Target target)
    {
        if (target.Query.ContainsKey("X-Amz-Signature"))
        {
            return ReadAddress(target.Query);
        }

        var header = request.Headers.Authorization.ToString();
        return header.StartsWith($"{SignatureV4.Algorithm} ", StringComparison.Ordinal)
            ? ReadHeader(header, request.Headers["x-amz-date"].ToString())
            : (null, $"only {SignatureV4.Algorithm} and AWS (signature versions 4 and 2) are accepted");
    }

    private static (SignatureV4?, string) ReadHeader(string header, string time)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in header[SignatureV4.Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries))
        {
            if (field.Split('=', 2) is [var name, var value])
            {
                fields[name] = value;
            }
        }

        return Make(
            fields.GetValueOrDefault("Credential"),
            fields.GetValueOrDefault("SignedHeaders"),
            fields.GetValueOrDefault("Signature"),
            time,
            null
        );
    }

    private static (SignatureV4?, string) ReadAddress(IReadOnlyDictionary<string, string> query)
    {
        var text = query.GetValueOrDefault("X-Amz-Expires");
        if (
            !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || TimeSpan.FromSeconds(seconds) > longestLifetime
        )
        {
            return (null, "X-Amz-Expires must be seconds, at most those of 7 days");
        }

        return Make(
            query.GetValueOrDefault("X-Amz-Credential"),
            query.GetValueOrDefault("X-Amz-SignedHeaders"),
            query.GetValueOrDefault("X-Amz-Signature"),
            query.GetValueOrDefault("X-Amz-Date") ?? "",
            TimeSpan.FromSeconds(seconds)
        );
    }

    private static (SignatureV4?, string) Make(
        string? credential,
        string? headers,
        string? signature,
        string time,
        TimeSpan? lifetime
    )
    {
        // An access key may hold slashes, so the scope's four parts are counted from the end.
        var parts = credential?.Split('/') ?? [];
        if (parts.Length < 5 || headers is null || signature is null)
        {
            return (null, "Credential, SignedHeaders and Signature are needed");
        }

        return (
            new()
            {
                AccessKey = string.Join('/', parts[..^4]),
                Scope = string.Join('/', parts[^4..]),
                SignedHeaders = headers.Split(';'),
                Signature = signature,
                TimeText = time,
                Lifetime = lifetime,
            },
            ""
        );
    }
}
