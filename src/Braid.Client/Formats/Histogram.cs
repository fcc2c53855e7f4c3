using System.Numerics;
using System.Text.Json;

namespace Braid.Client.Formats;

/// <summary>Counts values between equally wide edges. NaN and infinities are in no bin.</summary>
internal static class Histogram
{
    public static byte[] Count<T>(ReadOnlySpan<T> values, int bins)
        where T : INumberBase<T>
    {
        var (low, high) = Range(values);
        var counts = new double[Math.Max(bins, 1)];
        var width = (high - low) / counts.Length;
        foreach (var value in values)
        {
            var number = double.CreateSaturating(value);
            if (double.IsFinite(number))
            {
                counts[Math.Clamp((int)((number - low) / width), 0, counts.Length - 1)]++;
            }
        }

        return Json([.. Enumerable.Range(0, counts.Length + 1).Select(i => low + (i * width))], counts);
    }

    /// <exception cref="ArgumentException">There is not one edge more than counts.</exception>
    public static byte[] Json(ReadOnlySpan<double> edges, ReadOnlySpan<double> counts)
    {
        if (edges.Length != counts.Length + 1)
        {
            throw new ArgumentException(
                $"a histogram of {counts.Length} bins has {counts.Length + 1} edges, not {edges.Length}"
            );
        }

        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            Write(json, "edges", edges);
            Write(json, "counts", counts);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static (double Low, double High) Range<T>(ReadOnlySpan<T> values)
        where T : INumberBase<T>
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            var number = double.CreateSaturating(value);
            if (double.IsFinite(number))
            {
                (low, high) = (Math.Min(low, number), Math.Max(high, number));
            }
        }

        return low < high ? (low, high)
            : low == high ? (low - 0.5, high + 0.5)
            : (0, 1);
    }

    private static void Write(Utf8JsonWriter json, string name, ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
