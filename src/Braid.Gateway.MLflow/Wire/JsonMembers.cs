using System.Text.Json;

namespace Braid.Gateway.MLflow.Wire;

/// <summary>The protocol's rules of presence: what is not set and what is empty is left out, what is set to zero is written.</summary>
internal static class JsonMembers
{
    public static void Text(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    public static void Integer(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } set)
        {
            json.WriteNumber(name, set);
        }
    }

    /// <summary>Milliseconds since 1970.</summary>
    public static void Time(this Utf8JsonWriter json, string name, DateTimeOffset? value) =>
        json.Integer(name, value?.ToUnixTimeMilliseconds());

    /// <summary>JSON has no words for these three doubles; protobuf writes them as strings.</summary>
    public static void Number(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteString(name, NameOf(value));
        }
    }

    public static void Object(this Utf8JsonWriter json, string name, Answer members)
    {
        json.WriteStartObject(name);
        members(json);
        json.WriteEndObject();
    }

    public static void List<T>(
        this Utf8JsonWriter json,
        string name,
        IEnumerable<T> items,
        Action<Utf8JsonWriter, T> item
    )
    {
        var open = false;
        foreach (var one in items)
        {
            if (!open)
            {
                json.WriteStartArray(name);
                open = true;
            }

            json.WriteStartObject();
            item(json, one);
            json.WriteEndObject();
        }

        if (open)
        {
            json.WriteEndArray();
        }
    }

    public static void Pairs(this Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> pairs) =>
        json.List(name, pairs, Pair);

    private static void Pair(Utf8JsonWriter json, KeyValuePair<string, string> pair)
    {
        json.WriteString("key", pair.Key);
        json.WriteString("value", pair.Value);
    }

    private static string NameOf(double value) =>
        double.IsNaN(value) ? "NaN"
        : value > 0 ? "Infinity"
        : "-Infinity";
}
