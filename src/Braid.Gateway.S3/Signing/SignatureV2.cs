using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Braid.Gateway.S3.Requests;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.S3.Signing;

/// <summary>
/// The older signature (AWS Signature Version 2), which boto3 still puts into presigned addresses by default, and old clients
/// into the header: <c>AWS KEY:SIGNATURE</c>. It covers the method, the date, some headers and the resource; not the body.
/// </summary>
internal sealed record SignatureV2
{
    private const string scheme = "AWS ";

    // The parameters that are part of the resource, as the protocol lists them.
    private static readonly HashSet<string> signedParameters =
    [
        "accelerate",
        "acl",
        "analytics",
        "cors",
        "delete",
        "encryption",
        "inventory",
        "lifecycle",
        "location",
        "logging",
        "metrics",
        "notification",
        "object-lock",
        "ownershipControls",
        "partNumber",
        "policy",
        "policyStatus",
        "publicAccessBlock",
        "replication",
        "requestPayment",
        "response-cache-control",
        "response-content-disposition",
        "response-content-encoding",
        "response-content-language",
        "response-content-type",
        "response-expires",
        "restore",
        "select",
        "select-type",
        "tagging",
        "torrent",
        "uploadId",
        "uploads",
        "versionId",
        "versioning",
        "versions",
        "website",
    ];

    public required string AccessKey { get; init; }

    public required string Signature { get; init; }

    /// <summary>When a presigned address ends, as sent; null for a signed request.</summary>
    public string? ExpiryText { get; init; }

    /// <summary>Null when it is none of these, or not whole.</summary>
    public static SignatureV2? Read(HttpRequest request, S3Target target)
    {
        if (target.Query.TryGetValue("AWSAccessKeyId", out var accessKey))
        {
            return
                target.Query.TryGetValue("Signature", out var given)
                && target.Query.TryGetValue("Expires", out var until)
                ? new()
                {
                    AccessKey = accessKey,
                    Signature = given,
                    ExpiryText = until,
                }
                : null;
        }

        var header = request.Headers.Authorization.ToString();
        var colon = header.LastIndexOf(':');
        return header.StartsWith(scheme, StringComparison.Ordinal) && colon > scheme.Length
            ? new() { AccessKey = header[scheme.Length..colon], Signature = header[(colon + 1)..] }
            : null;
    }

    /// <summary>When a presigned address ends; null when that is not a number.</summary>
    public DateTimeOffset? Expiry =>
        long.TryParse(ExpiryText, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>When a request was signed; null when it does not say.</summary>
    public static DateTimeOffset? TimeOf(HttpRequest request) =>
        DateTimeOffset.TryParse(
            Date(request, "x-amz-date") ?? Date(request, "Date"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
            : null;

    /// <summary>The signature that the secret makes of the request.</summary>
    public string Sign(string secret, HttpRequest request, S3Target target)
    {
        var date = ExpiryText ?? (Date(request, "x-amz-date") is null ? Date(request, "Date") : "");
        var text = new StringBuilder();
        text.Append(request.Method).Append('\n');
        text.Append(request.Headers.ContentMD5).Append('\n');
        text.Append(request.Headers.ContentType).Append('\n');
        text.Append(date).Append('\n');
        var headers = request.Headers.Select(header => (Name: header.Key.ToLowerInvariant(), header.Value));
        foreach (
            var (name, value) in headers
                .Where(header => header.Name.StartsWith("x-amz-", StringComparison.Ordinal))
                .OrderBy(header => header.Name, StringComparer.Ordinal)
        )
        {
            text.Append(name).Append(':').AppendJoin(',', value.Select(one => one?.Trim())).Append('\n');
        }

        text.Append(target.RawPath).Append(Parameters(target));
        var mac = HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text.ToString()));
        return Convert.ToBase64String(mac);
    }

    private static string Parameters(S3Target target)
    {
        var signed = target
            .Pairs.Where(pair => signedParameters.Contains(pair.Name))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .Select(pair => pair.Value.Length == 0 ? pair.Name : $"{pair.Name}={pair.Value}")
            .ToList();
        return signed.Count == 0 ? "" : $"?{string.Join('&', signed)}";
    }

    private static string? Date(HttpRequest request, string header) =>
        request.Headers.TryGetValue(header, out var values) ? values.ToString() : null;
}
