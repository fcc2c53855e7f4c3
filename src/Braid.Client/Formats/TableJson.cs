using System.Text.Json;
using Braid.Client.Configuration;

namespace Braid.Client.Formats;

/// <summary>A table as JSON, <c>{"columns": [...], "data": [[...]]}</c>, as MLflow's tables are.</summary>
internal static class TableJson
{
    public static byte[] Of(IEnumerable<string> columns, IEnumerable<IEnumerable<object?>> rows)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("columns");
            foreach (var column in columns)
            {
                json.WriteStringValue(column);
            }

            json.WriteEndArray();
            json.WriteStartArray("data");
            foreach (var row in rows)
            {
                WriteRow(json, row);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void WriteRow(Utf8JsonWriter json, IEnumerable<object?> row)
    {
        json.WriteStartArray();
        foreach (var cell in row)
        {
            WriteCell(json, cell);
        }

        json.WriteEndArray();
    }

    private static void WriteCell(Utf8JsonWriter json, object? cell)
    {
        switch (cell)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(cell));
                break;
            case float or double when double.IsFinite(Convert.ToDouble(cell)):
                json.WriteNumberValue(Convert.ToDouble(cell));
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(ValueText.Of(cell));
                break;
        }
    }
}
