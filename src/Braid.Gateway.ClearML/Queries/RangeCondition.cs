using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Gateway.ClearML.Queries;

/// <summary>
/// Bounds: <c>[min, max]</c> (null for none, both inclusive), or one or several texts such as <c>&gt;=2026-01-01</c>; a plain
/// value alone is equality.
/// </summary>
internal static class RangeCondition
{
    public static Result<Filter> OfTime(JsonNode bounds, Field field, string name) =>
        Parse(bounds, field, name, ToTime);

    public static Result<Filter> OfNumber(JsonNode bounds, Field field, string name) =>
        Parse(bounds, field, name, ToNumber);

    private static Result<Filter> Parse(JsonNode bounds, Field field, string name, Func<string, object?> convert)
    {
        var texts = Texts(bounds);
        var plain = texts.Count == 1 ? [Comparison.Equal] : new[] { Comparison.GreaterOrEqual, Comparison.LessOrEqual };
        if (texts.Count > plain.Length)
        {
            return Errors.InvalidField(name, "a lower and an upper bound");
        }

        var parts = new List<Filter>();
        foreach (var (text, usual) in texts.Zip(plain))
        {
            if (text is null)
            {
                continue;
            }

            var (comparison, value) = Split(text, usual);
            if (convert(value) is not { } bound)
            {
                return Errors.InvalidField(name, "bounds as it has values");
            }

            parts.Add(new Filter.Compare(field, comparison, bound));
        }

        return new Filter.All(parts);
    }

    private static IReadOnlyList<string?> Texts(JsonNode bounds) =>
        bounds is JsonArray list
            ? [.. list.Select(item => item is JsonValue value ? Fields.AsText(value) : null)]
            : [bounds is JsonValue single ? Fields.AsText(single) : null];

    private static (Comparison Comparison, string Value) Split(string text, Comparison usual) =>
        text switch
        {
            ['>', '=', .. var value] => (Comparison.GreaterOrEqual, value),
            ['<', '=', .. var value] => (Comparison.LessOrEqual, value),
            ['>', .. var value] => (Comparison.Greater, value),
            ['<', .. var value] => (Comparison.Less, value),
            _ => (usual, text),
        };

    private static object? ToTime(string text) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : null;

    private static object? ToNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
