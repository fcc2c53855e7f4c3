using System.Globalization;
using System.Security.Cryptography;
using Braid.Gateway.S3.Answers;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.S3.Signing;

/// <summary>What a body must turn out to be, learnt from the headers before it and the trailer behind it.</summary>
internal sealed class BodyChecks : IDisposable
{
    private const string checksumPrefix = "x-amz-checksum-";

    private readonly List<Check> checks = [];
    private readonly Dictionary<string, string> claims = new(StringComparer.OrdinalIgnoreCase);
    private long? length;
    private long received;

    /// <summary>The checks that the headers ask for.</summary>
    public static BodyChecks Of(HttpRequest request)
    {
        var checks = new BodyChecks();
        if (request.Headers.ContentMD5.ToString() is { Length: > 0 } md5)
        {
            checks.Expect(HashAlgorithmName.MD5, md5, S3Error.BadDigest);
        }

        foreach (var header in request.Headers.Where(header => IsChecksum(header.Key)))
        {
            checks.Trailer(header.Key, header.Value.ToString());
            checks.Prepare(header.Key);
        }

        foreach (var name in request.Headers["x-amz-trailer"].ToString().Split(',', StringSplitOptions.TrimEntries))
        {
            checks.Prepare(name);
        }

        var decoded = request.Headers["x-amz-decoded-content-length"].ToString();
        if (long.TryParse(decoded, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
        {
            checks.length = bytes;
        }

        return checks;
    }

    /// <summary>What is not a digest in hex matches none.</summary>
    public void ExpectSha256(string hex) =>
        Expect(
            HashAlgorithmName.SHA256,
            Sha256Hash.TryParse(hex, out var hash) ? Convert.ToBase64String(hash.Bytes) : hex,
            S3Error.BadSha256
        );

    /// <summary>A header that came behind the body.</summary>
    public void Trailer(string name, string value) => claims[name] = value;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        received += bytes.Length;
        foreach (var check in checks)
        {
            check.Digest.Append(bytes);
        }
    }

    /// <exception cref="BadBodyException">The body is not what was said.</exception>
    public void End()
    {
        if (length is { } expected && received != expected)
        {
            throw new BadBodyException(S3Error.IncompleteBody);
        }

        foreach (var check in checks)
        {
            if (
                claims.TryGetValue(check.Claim, out var claimed)
                && claimed != Convert.ToBase64String(check.Digest.End())
            )
            {
                throw new BadBodyException(check.Error);
            }
        }
    }

    public void Dispose() => checks.ForEach(check => check.Digest.Dispose());

    private static bool IsChecksum(string header) =>
        header.StartsWith(checksumPrefix, StringComparison.OrdinalIgnoreCase);

    private void Expect(HashAlgorithmName algorithm, string claimed, S3Error error)
    {
        var name = $"{algorithm}";
        claims[name] = claimed;
        checks.Add(new(name, Digest.Of(algorithm), error));
    }

    private void Prepare(string header)
    {
        if (IsChecksum(header) && Digest.Named(header[checksumPrefix.Length..].ToLowerInvariant()) is { } digest)
        {
            checks.Add(new(header, digest, S3Error.BadChecksum(header)));
        }
    }

    /// <param name="Claim">Under which name the expected value is, or will be, among the claims.</param>
    private sealed record Check(string Claim, Digest Digest, S3Error Error);
}
