using System.Text;
using Braid.Gateway.S3.Requests;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.S3.Signing;

/// <summary>The one text form of a request that both sides sign.</summary>
internal static class CanonicalRequest
{
    public static string Of(HttpRequest request, S3Target target, SignatureV4 signature, string payloadHash)
    {
        var text = new StringBuilder();
        text.Append(request.Method).Append('\n');
        text.Append(Path(target.RawPath)).Append('\n');
        text.Append(Query(target.Pairs)).Append('\n');
        foreach (var name in signature.SignedHeaders)
        {
            text.Append(name).Append(':').Append(Header(request, name)).Append('\n');
        }

        text.Append('\n').AppendJoin(';', signature.SignedHeaders).Append('\n');
        return text.Append(payloadHash).ToString();
    }

    /// <summary>Escaped once, slashes kept; on the wire clients escape more or less than that.</summary>
    private static string Path(string raw) =>
        string.Join('/', raw.Split('/').Select(segment => Escape(Uri.UnescapeDataString(segment))));

    private static string Query(IReadOnlyList<(string Name, string Value)> pairs) =>
        string.Join(
            '&',
            pairs
                .Where(pair => pair.Name != "X-Amz-Signature")
                .Select(pair => (Name: Escape(pair.Name), Value: Escape(pair.Value)))
                .OrderBy(pair => pair.Name, StringComparer.Ordinal)
                .ThenBy(pair => pair.Value, StringComparer.Ordinal)
                .Select(pair => $"{pair.Name}={pair.Value}")
        );

    private static string Header(HttpRequest request, string name) =>
        string.Join(
            ',',
            request
                .Headers[name]
                .Select(value => string.Join(' ', (value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        );

    /// <summary>Everything but letters, digits and <c>-._~</c> as percent and two upper-case hex digits.</summary>
    private static string Escape(string text) => Uri.EscapeDataString(text);
}
