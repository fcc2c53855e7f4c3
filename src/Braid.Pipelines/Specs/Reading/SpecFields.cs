using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Primitives;

namespace Braid.Pipelines.Specs.Reading;

/// <summary>
/// Reads fields of one message of a normalised spec, by protobuf's JSON rules: a missing field is its type's zero, a number
/// may be written as a string. The first thing that is wrong, in the message or those within it, is kept in
/// <see cref="Error"/>.
/// </summary>
internal sealed class SpecFields
{
    private readonly JsonObject values;
    private readonly Findings findings;

    public SpecFields(JsonObject values)
        : this(values, new()) { }

    private SpecFields(JsonObject values, Findings findings)
    {
        this.values = values;
        this.findings = findings;
    }

    public Error? Error => findings.First;

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

    /// <summary>A port, a count of workers: what an int32 holds.</summary>
    public int SmallNumber(string field, int otherwise = 0) =>
        Number(field, otherwise) is >= int.MinValue and <= int.MaxValue and var number
            ? (int)number
            : Wrong(field, "a smaller number", otherwise);

    public double Fraction(string field) =>
        values[field] is not { } node ? 0
        : double.TryParse(node.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : Wrong(field, "a number", 0.0);

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

        return DurationText.TryParse(text, out var duration)
            ? duration > TimeSpan.Zero
                ? duration
                : null
            : Refuse<TimeSpan?>(Errors.BadDuration(field, text));
    }

    public DateTimeOffset? Time(string field)
    {
        var text = Text(field);
        return text.Length == 0 ? null
            : DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var time
            )
                ? time
            : Refuse<DateTimeOffset?>(Errors.BadTime(field, text));
    }

    /// <summary>An amount of bytes, such as <c>1G</c> or <c>512Mi</c>; null when there is none.</summary>
    public long? Bytes(string field)
    {
        var text = Text(field);
        return text.Length == 0 ? null
            : Quantity.TryParse(text, out var amount) ? amount
            : Refuse<long?>(Errors.BadQuantity(field, text));
    }

    /// <summary>A value of a protobuf enumeration, by name (without the type's prefix) or number; its zero when not given.</summary>
    /// <param name="names">By number, from 0.</param>
    public int Choice(string field, params ReadOnlySpan<string> names)
    {
        if (values[field] is not { } node)
        {
            return 0;
        }

        var at = names.IndexOf(node.ToString());
        return at >= 0 ? at
            : TryNumber(node) is { } number && number >= 0 && number < names.Length ? (int)number
            : Wrong(field, $"one of {string.Join(", ", names!)}", 0);
    }

    public SpecFields? Message(string field) =>
        values[field] switch
        {
            null => null,
            JsonObject message => new(message, findings),
            _ => Wrong<SpecFields?>(field, "an object", null),
        };

    public IReadOnlyList<SpecFields> Messages(string field) =>
        values[field] switch
        {
            null => [],
            JsonArray list when list.All(item => item is JsonObject) =>
            [
                .. list.OfType<JsonObject>().Select(item => new SpecFields(item, findings)),
            ],
            _ => Wrong<IReadOnlyList<SpecFields>>(field, "a list of objects", []),
        };

    private static long? TryNumber(JsonNode node) =>
        long.TryParse(node.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private T Wrong<T>(string field, string expected, T otherwise)
    {
        findings.First ??= Errors.WrongType(field, expected);
        return otherwise;
    }

    private T? Refuse<T>(Error error)
    {
        findings.First ??= error;
        return default;
    }

    private sealed class Findings
    {
        public Error? First { get; set; }
    }
}
