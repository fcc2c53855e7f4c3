using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Braid.Gateway.ClearML.Requests;

/// <summary>
/// Merges a query string into the body: numbers and booleans are converted, <c>a.b=1</c> nests, and <c>k[]=1</c> or a
/// repeated name makes a list. What the body says already wins.
/// </summary>
internal static class QueryArguments
{
    public static void MergeInto(JsonObject body, IQueryCollection query)
    {
        foreach (var (name, values) in query)
        {
            var isList = name.EndsWith("[]", StringComparison.Ordinal);
            var path = (isList ? name[..^2] : name).Split('.');
            if (ContainerOf(body, path) is { } container && !container.ContainsKey(path[^1]))
            {
                container.Add(path[^1], isList || values.Count > 1 ? List(values) : Scalar(values.ToString()));
            }
        }
    }

    /// <summary>The object that holds the last name of the path, made on the way; null when something else is in the way.</summary>
    private static JsonObject? ContainerOf(JsonObject body, string[] path)
    {
        var at = body;
        foreach (var name in path[..^1])
        {
            if (!at.TryGetPropertyValue(name, out var next))
            {
                at.Add(name, next = new JsonObject());
            }

            if (next is not JsonObject inner)
            {
                return null;
            }

            at = inner;
        }

        return at;
    }

    private static JsonArray List(StringValues values) => [.. values.Select(value => Scalar(value ?? ""))];

    private static JsonNode Scalar(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }

        if (
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
        )
        {
            return number;
        }

        return bool.TryParse(text, out var flag) ? flag : text.Replace('\0', '\ufffd');
    }
}
