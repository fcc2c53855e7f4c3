using System.Globalization;
using System.Text;
using Braid.TensorBoard.Events;
using Braid.TensorBoard.Hot;
using Braid.TensorBoard.Wire;

namespace Braid.TensorBoard.Writing;

/// <summary>
/// Writes an event file that TensorBoard reads, record by record. What was added is in the stream when <see cref="Flush"/>
/// returns. One thread at a time.
/// </summary>
/// <param name="stream">Disposed of with the writer.</param>
/// <param name="clock">The times of events that are given none.</param>
public sealed class EventFileWriter(Stream stream, TimeProvider clock) : IDisposable
{
    private const string version = "brain.Event:2";
    private readonly ProtoWriter payload = new();
    private readonly HashSet<string> described = new(StringComparer.Ordinal);
    private byte[] frame = new byte[256];

    /// <summary>A writer of a new file of a run's directory.</summary>
    /// <param name="uid">Tells the files of one process apart.</param>
    public static EventFileWriter Create(string directory, TimeProvider clock, int uid = 0)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, FileName(clock, uid));
        var writer = new EventFileWriter(
            new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read),
            clock
        );
        writer.AddVersion();
        writer.Flush();
        return writer;
    }

    /// <summary>The name of a new file; names sort by the time when files were begun.</summary>
    public static string FileName(TimeProvider clock, int uid) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"events.out.tfevents.{clock.GetUtcNow().ToUnixTimeSeconds():D10}.{Environment.MachineName}.{Environment.ProcessId}.{uid}"
        );

    /// <summary>The first record of a file.</summary>
    public void AddVersion() => Write(0, null, what => what.Text(3, version));

    /// <summary>A number, in single precision.</summary>
    /// <param name="wallTime">Seconds since 1970; now when null.</param>
    public void AddScalar(string tag, double value, long step, double? wallTime = null) =>
        AddValue(tag, step, wallTime, null, fields => fields.Single(2, (float)value));

    /// <summary>A histogram of values that are known, with evenly wide buckets.</summary>
    public void AddHistogram(
        string tag,
        IReadOnlyList<double> values,
        long step,
        int buckets = 30,
        double? wallTime = null
    ) => AddHistogram(tag, HistogramBuckets.Of(values, buckets), step, wallTime);

    /// <summary>A histogram.</summary>
    public void AddHistogram(string tag, IReadOnlyList<HistogramBucket> buckets, long step, double? wallTime = null) =>
        AddValue(
            tag,
            step,
            wallTime,
            TagMetadata.Histograms,
            fields =>
                fields.Message(
                    8,
                    tensor =>
                        Shape(tensor.Varint(1, (long)TensorType.Double), buckets.Count, 3)
                            .Doubles(6, buckets.SelectMany(bucket => new[] { bucket.Left, bucket.Right, bucket.Count }))
                )
        );

    /// <summary>An encoded image, such as a PNG.</summary>
    public void AddImage(
        string tag,
        ReadOnlyMemory<byte> encoded,
        int width,
        int height,
        long step,
        double? wallTime = null
    ) =>
        AddValue(
            tag,
            step,
            wallTime,
            TagMetadata.Images,
            fields =>
                fields.Message(
                    8,
                    tensor =>
                        Shape(tensor.Varint(1, (long)TensorType.String), 3)
                            .Text(8, width.ToString(CultureInfo.InvariantCulture))
                            .Text(8, height.ToString(CultureInfo.InvariantCulture))
                            .Bytes(8, encoded.Span)
                )
        );

    /// <summary>A sound as a WAV file.</summary>
    public void AddAudio(string tag, ReadOnlyMemory<byte> wav, string label, long step, double? wallTime = null) =>
        AddValue(
            tag,
            step,
            wallTime,
            TagMetadata.Audio,
            fields =>
                fields.Message(
                    8,
                    tensor => Shape(tensor.Varint(1, (long)TensorType.String), 1, 2).Bytes(8, wav.Span).Text(8, label)
                )
        );

    /// <summary>Markdown.</summary>
    public void AddText(string tag, string text, long step, double? wallTime = null) =>
        AddValue(
            tag,
            step,
            wallTime,
            TagMetadata.Text,
            fields => fields.Message(8, tensor => tensor.Varint(1, (long)TensorType.String).Bytes(2, []).Text(8, text))
        );

    /// <summary>The hyperparameters of the run.</summary>
    public void AddHparams(IReadOnlyList<(string Name, HparamValue Value)> values, double? wallTime = null) =>
        AddHparams("_hparams_/session_start_info", HparamsWriter.Start(values), wallTime);

    /// <summary>How the run with hyperparameters ended.</summary>
    public void AddHparamsEnd(HparamsStatus status, double? wallTime = null) =>
        AddHparams("_hparams_/session_end_info", HparamsWriter.End(status), wallTime);

    /// <summary>Hands the bytes to the system.</summary>
    public void Flush() => stream.Flush();

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private void AddHparams(string tag, byte[] content, double? wallTime) =>
        Write(
            0,
            wallTime,
            what =>
                what.Message(
                    5,
                    summary =>
                        summary.Message(
                            1,
                            value => value.Text(1, tag).Message(9, m => Plugin(m, TagMetadata.Hparams, content))
                        )
                )
        );

    private void AddValue(string tag, long step, double? wallTime, string? plugin, Action<ProtoWriter> write) =>
        Write(
            step,
            wallTime,
            what =>
                what.Message(
                    5,
                    summary =>
                        summary.Message(
                            1,
                            value =>
                            {
                                value.Text(1, tag);
                                write(value);
                                // Of a tag, the first value says what it means.
                                if (plugin is not null && described.Add(tag))
                                {
                                    value.Message(9, metadata => Plugin(metadata, plugin, []));
                                }
                            }
                        )
                )
        );

    private static void Plugin(ProtoWriter metadata, string name, byte[] content) =>
        metadata.Message(1, plugin => plugin.Text(1, name).Bytes(2, content));

    private static ProtoWriter Shape(ProtoWriter tensor, params IEnumerable<long> sizes) =>
        tensor.Message(
            2,
            shape =>
            {
                foreach (var size in sizes)
                {
                    shape.Message(2, dimension => dimension.Varint(1, size));
                }
            }
        );

    /// <summary>Frame and payload leave in one write: a reader sees a record's beginning at most.</summary>
    private void Write(long step, double? wallTime, Action<ProtoWriter> what)
    {
        payload.Clear();
        payload.Double(1, wallTime ?? WallTime.Of(clock.GetUtcNow()));
        if (step != 0)
        {
            payload.Varint(2, step);
        }

        what(payload);
        var length = RecordFrame.Overhead + payload.Written.Length;
        if (frame.Length < length)
        {
            frame = new byte[Math.Max(length, frame.Length * 2)];
        }

        payload.Written.CopyTo(frame.AsSpan(RecordFrame.HeaderLength));
        RecordFrame.Close(frame.AsSpan(0, length));
        stream.Write(frame.AsSpan(0, length));
    }
}
