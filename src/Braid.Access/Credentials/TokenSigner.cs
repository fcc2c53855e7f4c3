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

    private static readonly string header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    public string Sign(string accessKey, TimeSpan lifetime, IReadOnlyDictionary<string, object> claims)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var payload = new JsonObject
        {
            ["sub"] = accessKey,
            ["iat"] = now,
            ["exp"] = now + (long)lifetime.TotalSeconds,
        };
        foreach (var (name, value) in claims)
        {
            payload.Add(name, value as JsonNode ?? JsonValue.Create((string)value));
        }

        var signed = $"{header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload.ToJsonString()))}";
        return $"{signed}.{Base64Url.EncodeToString(Mac(signed))}";
    }

    /// <summary>The access key that a valid, unexpired token stands for; null for any other text.</summary>
    public string? ReadAccessKey(string token)
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
        var expires = payload.RootElement.GetProperty("exp").GetInt64();
        return clock.GetUtcNow().ToUnixTimeSeconds() <= expires + toleranceSeconds
            ? payload.RootElement.GetProperty("sub").GetString()
            : null;
    }

    private byte[] Mac(string signed) => HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed));

    private bool HasValidMac(string signed, ReadOnlySpan<char> mac)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return mac.Length == Base64Url.GetEncodedLength(HMACSHA256.HashSizeInBytes)
            && Base64Url.TryDecodeFromChars(mac, given, out var written)
            && CryptographicOperations.FixedTimeEquals(given[..written], Mac(signed));
    }
}
