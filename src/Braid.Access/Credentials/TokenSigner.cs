using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Braid.Access.Credentials;

/// <summary>
/// JSON web tokens, HS256 only: the header is compared as text, so no other algorithm can be asked for. The access key is
/// the claim <c>sub</c>; <c>exp</c> is checked with 60 s of tolerance for clocks that differ.
/// </summary>
internal sealed class TokenSigner(byte[] key, TimeProvider clock)
{
    private const int longestToken = 8192;
    private const long toleranceSeconds = 60;
    private const string subject = "sub";
    private const string session = "session_id";
    private const string user = "act_for";
    private const string expires = "exp";

    private static readonly string header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    public string Sign(SignedToken token, IReadOnlyDictionary<string, object> claims)
    {
        var payload = new JsonObject
        {
            [subject] = token.AccessKey,
            ["iat"] = clock.GetUtcNow().ToUnixTimeSeconds(),
            [expires] = token.Expires.ToUnixTimeSeconds(),
            [session] = token.Session,
        };
        if (token.User is not null)
        {
            payload.Add(user, token.User);
        }

        foreach (var (name, value) in claims)
        {
            payload.Add(name, value as JsonNode ?? JsonValue.Create((string)value));
        }

        var signed = $"{header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload.ToJsonString()))}";
        return $"{signed}.{Base64Url.EncodeToString(Mac(signed))}";
    }

    /// <summary>What a valid, unexpired token says; null for any other text.</summary>
    public SignedToken? Read(string token)
    {
        var dot = token.LastIndexOf('.');
        if (
            token.Length > longestToken
            || dot < 0
            || !token.StartsWith(header + ".", StringComparison.Ordinal)
            || !HasValidMac(token[..dot], token.AsSpan(dot + 1))
        )
        {
            return null;
        }

        // Signed by this server, so the payload is what Sign wrote.
        using var payload = JsonDocument.Parse(
            Base64Url.DecodeFromChars(token.AsSpan(header.Length + 1, dot - header.Length - 1))
        );
        var claims = payload.RootElement;
        var expiry = claims.GetProperty(expires).GetInt64();
        return clock.GetUtcNow().ToUnixTimeSeconds() <= expiry + toleranceSeconds
            ? new(
                claims.GetProperty(subject).GetString() ?? "",
                Text(claims, session),
                Text(claims, user),
                DateTimeOffset.FromUnixTimeSeconds(expiry)
            )
            : null;
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) ? value.GetString() : null;

    private byte[] Mac(string signed) => HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed));

    private bool HasValidMac(string signed, ReadOnlySpan<char> mac)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return mac.Length == Base64Url.GetEncodedLength(HMACSHA256.HashSizeInBytes)
            && Base64Url.TryDecodeFromChars(mac, given, out var written)
            && CryptographicOperations.FixedTimeEquals(given[..written], Mac(signed));
    }
}
