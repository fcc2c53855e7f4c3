using System.Text.Json;

namespace Braid.Client.Backends.Http;

/// <summary>
/// Writing lists of words, and what JSON has no numbers for: not-a-number and the infinities are texts, which MLflow's and Braid's
/// doors take.
/// </summary>
internal static class JsonWriting
{
    public static void WriteValue(this Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber("value", value);
        }
        else
        {
            json.WriteString("value", TextOf(value));
        }
    }

    public static void WriteWords(this Utf8JsonWriter json, string name, IEnumerable<string> words)
    {
        json.WriteStartArray(name);
        foreach (var word in words)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }

    public static string TextOf(double value) =>
        double.IsNaN(value) ? "NaN"
        : value > 0 ? "Infinity"
        : "-Infinity";
}
