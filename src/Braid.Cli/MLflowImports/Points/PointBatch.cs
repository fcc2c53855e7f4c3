using System.Buffers;
using System.Text.Json;
using Braid.Cli.MLflowImports.Sources;

namespace Braid.Cli.MLflowImports.Points;

/// <summary>Points of one owner on their way: for each key its timestamps, steps and values as three lists.</summary>
internal sealed class PointBatch(string ownerField, string owner)
{
    private const int most = 1 << 15;

    private readonly List<SourcePoint> points = new(1024);
    private readonly ArrayBufferWriter<byte> body = new();

    public bool IsEmpty => points.Count == 0;

    public bool IsFull => points.Count >= most;

    public void Add(SourcePoint point) => points.Add(point);

    /// <summary>The batch as the body of a call, valid until the next one; the batch is empty then.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        body.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString(ownerField, owner);
            json.WriteStartArray("series");
            for (var (from, to) = (0, 0); from < points.Count; from = to)
            {
                for (to = from + 1; to < points.Count && points[to].Key == points[from].Key; )
                {
                    to++;
                }

                WriteSeries(json, from, to);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        points.Clear();
        return body.WrittenMemory;
    }

    private void WriteSeries(Utf8JsonWriter json, int from, int to)
    {
        json.WriteStartObject();
        json.WriteString("key", points[from].Key);
        WriteList(json, "timestamps", from, to, point => json.WriteNumberValue(point.Timestamp));
        WriteList(json, "steps", from, to, point => json.WriteNumberValue(point.Step));
        WriteList(json, "values", from, to, point => WriteValue(json, point.Value));
        json.WriteEndObject();
    }

    private void WriteList(Utf8JsonWriter json, string name, int from, int to, Action<SourcePoint> write)
    {
        json.WriteStartArray(name);
        for (var at = from; at < to; at++)
        {
            write(points[at]);
        }

        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, double value)
    {
        if (double.IsNaN(value))
        {
            json.WriteStringValue("NaN"u8);
        }
        else
        {
            json.WriteNumberValue(value);
        }
    }
}
