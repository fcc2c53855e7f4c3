using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Braid.Gateway.S3.Signing;

/// <summary>
/// What a request claims in its signature (AWS Signature Version 4), and the arithmetic to check it: 1 the canonical
/// request (<see cref="CanonicalRequest"/>); 2 the key of day, region and service; 3 the signature of the string to sign.
/// </summary>
internal sealed record SignatureV4
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    private const string timeFormat = "yyyyMMddTHHmmssZ";

    public required string AccessKey { get; init; }

    /// <summary><c>day/region/service/aws4_request</c></summary>
    public required string Scope { get; init; }

    public required IReadOnlyList<string> SignedHeaders { get; init; }

    public required string Signature { get; init; }

    /// <summary>The time as sent.</summary>
    public required string TimeText { get; init; }

    /// <summary>How long a signed address is good for; null for a signed request.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Null when it is not a time.</summary>
    public DateTimeOffset? Time =>
        DateTimeOffset.TryParseExact(
            TimeText,
            timeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
            : null;

    /// <summary>2</summary>
    public byte[] SigningKey(string secret)
    {
        var key = Encoding.UTF8.GetBytes($"AWS4{secret}");
        foreach (var part in Scope.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return key;
    }

    /// <summary>3</summary>
    public string Sign(byte[] signingKey, string canonicalRequest) =>
        Hmac(signingKey, $"{Algorithm}\n{TimeText}\n{Scope}\n{Sha256(canonicalRequest)}");

    /// <summary>The signature of one chunk of a streamed body, chained to the one before it.</summary>
    public string SignChunk(byte[] signingKey, string previous, string chunkHash) =>
        Hmac(signingKey, $"{Algorithm}-PAYLOAD\n{TimeText}\n{Scope}\n{previous}\n{Sha256("")}\n{chunkHash}");

    /// <summary>The signature of the headers that follow the last chunk.</summary>
    public string SignTrailer(byte[] signingKey, string previous, string trailer) =>
        Hmac(signingKey, $"{Algorithm}-TRAILER\n{TimeText}\n{Scope}\n{previous}\n{Sha256(trailer)}");

    /// <summary>Compares in constant time.</summary>
    public static bool Equal(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static string Hmac(byte[] key, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
