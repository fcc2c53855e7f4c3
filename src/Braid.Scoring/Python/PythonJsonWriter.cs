using System.Buffers;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Braid.Scoring.Python;

/// <summary>Writes values as JSON that Python's <c>json</c> reads: with <c>NaN</c> and <c>Infinity</c>.</summary>
internal static class PythonJsonWriter
{
    /// <summary>A writer into the buffer; deep values are refused when they are read.</summary>
    public static Utf8JsonWriter Into(IBufferWriter<byte> buffer) =>
        new(buffer, new() { SkipValidation = true, MaxDepth = 1024 });

    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteRawValue(Number(number), skipInputValidation: true);
                break;
            case string text:
                WriteText(json, text);
                break;
            case PyList list:
                WriteList(json, list);
                break;
            case PyDict map:
                WriteMap(json, map);
                break;
            case BigInteger number:
                json.WriteRawValue(PythonText.Repr(number), skipInputValidation: true);
                break;
            default:
                throw new ArgumentException($"{value.GetType()} does not come from JSON", nameof(value));
        }
    }

    private static string Number(double number) =>
        double.IsFinite(number) ? PythonText.Float(number)
        : double.IsNaN(number) ? "NaN"
        : number > 0 ? "Infinity"
        : "-Infinity";

    /// <summary>Half of a surrogate pair is a text to Python, but no UTF-8.</summary>
    private static void WriteText(Utf8JsonWriter json, string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
        {
            json.WriteStringValue(text);
            return;
        }

        var escaped = new StringBuilder("\"");
        foreach (var unit in text)
        {
            escaped.Append("\\u").Append(((int)unit).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
        }

        json.WriteRawValue(escaped.Append('"').ToString(), skipInputValidation: true);
    }

    private static void WriteList(Utf8JsonWriter json, PyList list)
    {
        json.WriteStartArray();
        foreach (var item in list)
        {
            Write(json, item);
        }

        json.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter json, PyDict map)
    {
        json.WriteStartObject();
        foreach (var (name, value) in map)
        {
            // A name may be no UTF-8 either.
            json.WritePropertyName(Encoding.UTF8.GetBytes(name));
            Write(json, value);
        }

        json.WriteEndObject();
    }
}
