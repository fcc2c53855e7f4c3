using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Primitives;

namespace Braid.Pipelines.Specs;

/// <summary>
/// Reads fields of one message of a normalised spec, by protobuf's JSON rules: a missing field is its type's zero, a number
/// may be written as a string. The first thing that is wrong is kept in <see cref="Error"/>.
/// </summary>
internal sealed class SpecFields(JsonObject values)
{
    public Error? Error { get; private set; }

    public bool Has(string field) => values[field] is not null;

    public string Text(string field, string otherwise = "") =>
        values[field] switch
        {
            null => otherwise,
            JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>()
                is { Length: > 0 } text
                ? text
                : otherwise,
            _ => Wrong(field, "text", otherwise),
        };

    public bool Flag(string field) =>
        values[field]?.GetValueKind() switch
        {
            null or JsonValueKind.False => false,
            JsonValueKind.True => true,
            _ => Wrong(field, "true or false", false),
        };

    public long Number(string field, long otherwise = 0) =>
        values[field] is not { } node ? otherwise : TryNumber(node) ?? Wrong(field, "a whole number", otherwise);

    public IReadOnlyList<string> Texts(string field) =>
        values[field] switch
        {
            null => [],
            JsonArray list when list.All(item => item?.GetValueKind() == JsonValueKind.String) =>
            [
                .. list.Select(item => item?.GetValue<string>() ?? ""),
            ],
            _ => Wrong<IReadOnlyList<string>>(field, "a list of texts", []),
        };

    public IReadOnlyList<long> Numbers(string field)
    {
        if (values[field] is not JsonArray list)
        {
            return values[field] is null ? [] : Wrong<IReadOnlyList<long>>(field, "a list of whole numbers", []);
        }

        var numbers = list.Select(item => item is null ? null : TryNumber(item)).ToList();
        return numbers.Contains(null)
            ? Wrong<IReadOnlyList<long>>(field, "a list of whole numbers", [])
            : [.. numbers.Select(number => number ?? 0)];
    }

    public IReadOnlyDictionary<string, string> Map(string field) =>
        values[field] switch
        {
            null => new Dictionary<string, string>(),
            JsonObject map when map.All(entry => entry.Value?.GetValueKind() == JsonValueKind.String) =>
                map.ToDictionary(e => e.Key, e => e.Value?.GetValue<string>() ?? "", StringComparer.Ordinal),
            _ => Wrong<IReadOnlyDictionary<string, string>>(
                field,
                "a map from text to text",
                new Dictionary<string, string>()
            ),
        };

    public TimeSpan? Duration(string field)
    {
        var text = Text(field);
        if (text.Length == 0)
        {
            return null;
        }

        if (DurationText.TryParse(text, out var duration))
        {
            return duration > TimeSpan.Zero ? duration : null;
        }

        Error ??= Errors.BadDuration(field, text);
        return null;
    }

    public SpecFields? Message(string field) =>
        values[field] switch
        {
            null => null,
            JsonObject message => new(message),
            _ => Wrong<SpecFields?>(field, "an object", null),
        };

    private static long? TryNumber(JsonNode node) =>
        long.TryParse(node.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private T Wrong<T>(string field, string expected, T otherwise)
    {
        Error ??= Errors.WrongType(field, expected);
        return otherwise;
    }
}
