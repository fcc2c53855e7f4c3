using System.Globalization;
using System.Text.Json.Nodes;

namespace Braid.Gateway.ClearML.Replies;

/// <summary>Times as the clients parse them.</summary>
internal static class Times
{
    /// <summary>ISO 8601 in milliseconds with an offset, <c>2026-11-20T23:25:12.164000+00:00</c>; numbers would be refused.</summary>
    public static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'000+00:00'", CultureInfo.InvariantCulture);

    public static JsonNode? Iso(DateTimeOffset? time) => time is { } given ? Iso(given) : null;
}
