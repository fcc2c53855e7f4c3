using System.Text;
using System.Text.Json;
using Braid.Client.Backends.Http;
using Braid.Client.Records;

namespace Braid.Client.Backends.ClearML.Events;

/// <summary>Figures, histograms and tables as Plotly's JSON.</summary>
internal static class Plotly
{
    public static string Of(in LogRecord record)
    {
        if (record.Kind == RecordKind.Figure)
        {
            return Encoding.UTF8.GetString(record.Media.Content.Span);
        }

        var content = JsonElement.Parse(record.Media.Content.Span);
        var isTable = record.Kind == RecordKind.Table;
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, EventJson.Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            json.WriteStartObject();
            if (isTable)
            {
                WriteTable(json, content);
            }
            else
            {
                WriteBars(json, content);
            }

            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartObject("layout");
            json.WriteString("title", record.Name);
            json.WriteNumber("bargap", 0);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static void WriteBars(Utf8JsonWriter json, JsonElement histogram)
    {
        var edges = histogram.Items("edges").Select(edge => edge.GetDouble()).ToList();
        json.WriteString("type", "bar");
        json.WriteStartArray("x");
        for (var i = 0; i + 1 < edges.Count; i++)
        {
            json.WriteNumberValue((edges[i] + edges[i + 1]) / 2);
        }

        json.WriteEndArray();
        WriteAll(json, "y", histogram.Items("counts"));
    }

    private static void WriteTable(Utf8JsonWriter json, JsonElement table)
    {
        var rows = table.Items("data").Select(row => row.EnumerateArray().ToList()).ToList();
        json.WriteString("type", "table");
        json.WriteStartObject("header");
        WriteAll(json, "values", table.Items("columns"));
        json.WriteEndObject();
        json.WriteStartObject("cells");
        json.WriteStartArray("values");
        for (var column = 0; column < table.Items("columns").Count(); column++)
        {
            json.WriteStartArray();
            foreach (var cell in rows.Where(row => column < row.Count).Select(row => row[column]))
            {
                cell.WriteTo(json);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAll(Utf8JsonWriter json, string name, IEnumerable<JsonElement> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            value.WriteTo(json);
        }

        json.WriteEndArray();
    }
}
