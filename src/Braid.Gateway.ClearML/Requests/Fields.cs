using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Requests;

/// <summary>
/// Reads the fields of a request as tolerantly as its clients write them: unknown fields are never looked at, null is
/// absent, a number may be a text. The first thing that is wrong is kept in <see cref="Problem"/>: a handler reads what it
/// needs, then looks there once.
/// </summary>
internal sealed class Fields(JsonObject json)
{
    /// <summary>The first field that was missing or of a wrong type.</summary>
    public Error? Problem { get; private set; }

    /// <summary>The request as it was sent.</summary>
    public JsonObject Json => json;

    public bool Has(string name) => json[name] is not null;

    /// <summary>True when the field was sent, be it null.</summary>
    public bool Mentions(string name) => json.ContainsKey(name);

    public string? Text(string name) =>
        json[name] switch
        {
            null => null,
            JsonValue value => AsText(value),
            _ => Wrong<string>(name, "a text"),
        };

    public string RequiredText(string name) => Text(name) ?? Missing(name) ?? "";

    public bool? Flag(string name) =>
        json[name] switch
        {
            null => null,
            JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False =>
                value.GetValue<bool>(),
            JsonValue value when bool.TryParse(AsText(value), out var flag) => flag,
            JsonValue value when AsText(value) is "0" or "1" => AsText(value) == "1",
            _ => WrongValue<bool>(name, "true or false"),
        };

    /// <summary>A double; the texts NaN, Infinity and -Infinity stand for themselves.</summary>
    public double? Number(string name) =>
        json[name] switch
        {
            null => null,
            JsonValue value when TryNumber(value, out var number) => number,
            _ => WrongValue<double>(name, "a number"),
        };

    /// <summary>A whole number of 64 bits; fractions are refused, <c>3.0</c> is 3.</summary>
    public long? Whole(string name)
    {
        if (json[name] is JsonValue value)
        {
            if (
                long.TryParse(AsText(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            )
            {
                return whole;
            }

            if (TryNumber(value, out var number) && Math.Abs(number) < 9e15 && Math.Floor(number) == number)
            {
                return (long)number;
            }
        }

        return json[name] is null ? null : WrongValue<long>(name, "a whole number");
    }

    /// <summary>A list of texts, or one text instead of a list; null when absent. A null inside stays null.</summary>
    public IReadOnlyList<string?>? Texts(string name) =>
        json[name] switch
        {
            null => null,
            JsonValue value => [AsText(value)],
            JsonArray list when list.All(item => item is null or JsonValue) =>
            [
                .. list.Select(item => item is JsonValue value ? AsText(value) : null),
            ],
            _ => Wrong<string?[]>(name, "a list of texts"),
        };

    /// <summary>A list of texts without its nulls; empty when absent.</summary>
    public IReadOnlyList<string> Names(string name) => [.. (Texts(name) ?? []).OfType<string>()];

    public JsonObject? Object(string name) =>
        json[name] switch
        {
            null => null,
            JsonObject value => value,
            _ => Wrong<JsonObject>(name, "an object"),
        };

    /// <summary>A list of objects, or one object instead of a list; empty when absent.</summary>
    public IReadOnlyList<JsonObject> Objects(string name) =>
        json[name] switch
        {
            null => [],
            JsonObject value => [value],
            JsonArray list when list.All(item => item is JsonObject) => [.. list.OfType<JsonObject>()],
            _ => Wrong<JsonObject[]>(name, "a list of objects") ?? [],
        };

    /// <summary>A point in time: ISO 8601, or seconds since 1970.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (json[name] is not JsonValue value)
        {
            return json[name] is null ? null : WrongValue<DateTimeOffset>(name, "a time");
        }

        var isIso = DateTimeOffset.TryParse(
            AsText(value),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        );
        if (isIso)
        {
            return time;
        }

        return TryNumber(value, out var seconds) && seconds is >= 0 and < 253402300799
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : WrongValue<DateTimeOffset>(name, "a time");
    }

    /// <summary>Keeps <paramref name="problem"/> unless something was wrong before.</summary>
    public void Refuse(Error problem) => Problem ??= problem;

    /// <summary>A scalar as Python would print it in JSON.</summary>
    public static string AsText(JsonValue value) =>
        value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private static bool TryNumber(JsonValue value, out double number) =>
        double.TryParse(AsText(value), NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private string? Missing(string name)
    {
        Refuse(Errors.MissingField(name));
        return null;
    }

    private T? Wrong<T>(string name, string expected)
        where T : class
    {
        Refuse(Errors.InvalidField(name, expected));
        return null;
    }

    private T? WrongValue<T>(string name, string expected)
        where T : struct
    {
        Refuse(Errors.InvalidField(name, expected));
        return null;
    }
}
