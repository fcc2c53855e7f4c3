using System.Globalization;
using System.Text;
using Braid.TensorBoard.Events;

namespace Braid.TensorBoard.Decoding;

/// <summary>What a tensor means to the plugin of its tag; a tensor that does not fit stays one.</summary>
internal static class PluginDecoder
{
    private const int histogramColumns = 3;
    private const int prRows = 6;

    public static LoggedEvent Decode(double wallTime, long step, string tag, string plugin, Tensor tensor) =>
        plugin switch
        {
            TagMetadata.Histograms when tensor.Shape is [_, histogramColumns] => new LoggedHistogram(
                wallTime,
                step,
                tag,
                Buckets(tensor.Numbers)
            ),
            TagMetadata.PrCurves when tensor.Shape is [prRows, _] => new LoggedPrCurve(
                wallTime,
                step,
                tag,
                Points(tensor.Numbers)
            ),
            TagMetadata.Images when tensor is { Shape.Count: 1, Strings.Count: >= 2 } => Images(
                wallTime,
                step,
                tag,
                tensor.Strings
            ),
            TagMetadata.Audio when tensor is { Type: TensorType.String, Shape: [_, 2] } => new LoggedAudio(
                wallTime,
                step,
                tag,
                "audio/wav",
                Clips(tensor.Strings)
            ),
            TagMetadata.Text when tensor.Type == TensorType.String => new LoggedText(
                wallTime,
                step,
                tag,
                tensor.Shape,
                [.. tensor.Strings.Select(text => Encoding.UTF8.GetString(text.Span))]
            ),
            TagMetadata.CustomScalars when tensor.Strings is [var layout] => LayoutDecoder.Decode(
                wallTime,
                step,
                tag,
                layout.Span
            ),
            _ => new LoggedTensor(wallTime, step, tag, plugin, tensor),
        };

    private static HistogramBucket[] Buckets(IReadOnlyList<double> numbers)
    {
        var buckets = new HistogramBucket[numbers.Count / histogramColumns];
        for (var row = 0; row < buckets.Length; row++)
        {
            var at = row * histogramColumns;
            buckets[row] = new(numbers[at], numbers[at + 1], numbers[at + 2]);
        }

        return buckets;
    }

    private static PrPoint[] Points(IReadOnlyList<double> numbers)
    {
        var thresholds = numbers.Count / prRows;
        var points = new PrPoint[thresholds];
        for (var at = 0; at < thresholds; at++)
        {
            points[at] = new(Row(0), Row(1), Row(2), Row(3), Row(4), Row(5));
            double Row(int row) => numbers[(row * thresholds) + at];
        }

        return points;
    }

    private static LoggedImages Images(
        double wallTime,
        long step,
        string tag,
        IReadOnlyList<ReadOnlyMemory<byte>> strings
    ) => new(wallTime, step, tag, Number(strings[0]), Number(strings[1]), [.. strings.Skip(2)]);

    private static int Number(ReadOnlyMemory<byte> digits) =>
        int.TryParse(digits.Span, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static AudioClip[] Clips(IReadOnlyList<ReadOnlyMemory<byte>> strings) =>
        [.. strings.Chunk(2).Select(pair => new AudioClip(pair[0], Encoding.UTF8.GetString(pair[1].Span)))];
}
