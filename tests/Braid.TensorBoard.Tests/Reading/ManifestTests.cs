using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Braid.TensorBoard.Events;
using Braid.TensorBoard.Hot;
using Braid.TensorBoard.Reading;

namespace Braid.TensorBoard.Tests.Reading;

/// <summary>Every record of every file, compared with what another parser found in it.</summary>
public sealed class ManifestTests
{
    public static TheoryData<string> Files => Fixtures.GoodFiles;

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_record_holds_what_the_manifest_says(string path)
    {
        var bytes = Fixtures.Bytes(path);
        var tags = new TagTable();
        var end = 0;
        foreach (var record in Fixtures.Records(path))
        {
            var offset = record.GetProperty("offset").GetInt32();
            Assert.Equal(end, offset);
            end = Fixtures.End(record);
            var (batch, reader) = await Fixtures.ReadAsync(bytes[offset..end], tags);
            Assert.Equal((1, 0, EndState.Clean), ((int)reader.Records, (int)reader.Damaged, reader.End));
            AssertRecord(record, batch, tags);
        }

        Assert.Equal(bytes.Length, end);
    }

    private static void AssertRecord(JsonElement record, EventBatch batch, TagTable tags)
    {
        var time = (record.GetProperty("wall_time").GetDouble(), record.GetProperty("step").GetInt64());
        Assert.All(batch.Others, other => Assert.Equal(time, (other.WallTime, other.Step)));
        for (var row = 0; row < batch.Scalars.Count; row++)
        {
            Assert.Equal(time, (batch.Scalars.WallTimes[row], batch.Scalars.Steps[row]));
        }

        switch (record.GetProperty("what").GetString())
        {
            case "file_version":
                var version = Assert.IsType<LoggedFileVersion>(Assert.Single(batch.Others));
                Assert.Equal(record.GetProperty("file_version").GetString(), version.Version);
                Assert.Equal(TextOr(record, "source_writer", ""), version.Writer);
                break;
            case "graph_def":
                var graph = Assert.IsType<LoggedGraph>(Assert.Single(batch.Others));
                Assert.Equal(GraphKind.Graph, graph.Kind);
                AssertBytes(record.GetProperty("graph_def"), graph.Bytes);
                break;
            case "tagged_run_metadata":
                var metadata = Assert.IsType<LoggedGraph>(Assert.Single(batch.Others));
                Assert.Equal(GraphKind.RunMetadata, metadata.Kind);
                Assert.Equal(record.GetProperty("tag").GetString(), metadata.Tag);
                AssertBytes(record.GetProperty("run_metadata"), metadata.Bytes);
                break;
            case "log_message":
                var message = Assert.IsType<LoggedMessage>(Assert.Single(batch.Others));
                Assert.Equal(record.GetProperty("log_message").GetProperty("level").GetInt32(), message.Level);
                Assert.Equal(record.GetProperty("log_message").GetProperty("message").GetString(), message.Message);
                break;
            case "session_log":
                var session = Assert.IsType<LoggedSession>(Assert.Single(batch.Others));
                Assert.Equal(record.GetProperty("session_status").GetInt32(), (int)session.Status);
                break;
            default:
                AssertSummary([.. record.GetProperty("values").EnumerateArray()], batch, tags);
                break;
        }
    }

    private static void AssertSummary(IReadOnlyList<JsonElement> values, EventBatch batch, TagTable tags)
    {
        var rows = 0;
        var others = 0;
        foreach (var value in values)
        {
            var tag = value.GetProperty("tag").GetString();
            if (ScalarOf(value) is { } number)
            {
                Assert.Equal(tag, tags[batch.Scalars.Tags[rows]]);
                var read = batch.Scalars.Values[rows++];
                Assert.Equal(BitConverter.DoubleToInt64Bits(number), BitConverter.DoubleToInt64Bits(read));
                continue;
            }

            var other = Assert.IsAssignableFrom<TaggedEvent>(batch.Others[others++]);
            Assert.Equal(tag, other.Tag);
            AssertValue(value, other);
        }

        Assert.Equal((batch.Scalars.Count, batch.Others.Count), (rows, others));
    }

    private static double? ScalarOf(JsonElement value)
    {
        if (value.GetProperty("kind").GetString() == "simple_value")
        {
            var bits = Convert.ToUInt32(value.GetProperty("f32_bits").GetString(), 16);
            return BitConverter.UInt32BitsToSingle(bits);
        }

        return
            value.TryGetProperty("tensor", out var tensor)
            && tensor.GetProperty("dtype").GetString() is "DT_FLOAT" or "DT_DOUBLE"
            && value.GetProperty("tensor").GetProperty("shape").GetArrayLength() == 0
            ? Fixtures.Number(tensor.GetProperty("values")[0])
            : null;
    }

    private static void AssertValue(JsonElement value, TaggedEvent other)
    {
        switch (other)
        {
            case LoggedHistogram histogram when value.TryGetProperty("histo", out var histo):
                // The buckets themselves are compared with TensorBoard's own in another test.
                var counts = histogram.Buckets.Sum(bucket => bucket.Count);
                Assert.Equal(histo.GetProperty("num").GetDouble(), counts);
                break;
            case LoggedHistogram histogram:
                AssertNumbers(
                    value,
                    histogram.Buckets.SelectMany(bucket => new[] { bucket.Left, bucket.Right, bucket.Count })
                );
                break;
            case LoggedImages images when value.TryGetProperty("image", out var image):
                Assert.Equal(
                    (image.GetProperty("width").GetInt32(), image.GetProperty("height").GetInt32()),
                    (images.Width, images.Height)
                );
                AssertBytes(image.GetProperty("encoded"), Assert.Single(images.Images));
                break;
            case LoggedImages images:
                AssertStrings(value, [Ascii(images.Width), Ascii(images.Height), .. images.Images]);
                break;
            case LoggedAudio audio when value.TryGetProperty("audio", out var sound):
                Assert.Equal(sound.GetProperty("content_type").GetString(), audio.ContentType);
                AssertBytes(sound.GetProperty("encoded"), Assert.Single(audio.Clips).Encoded);
                break;
            case LoggedAudio audio:
                AssertStrings(value, [.. audio.Clips.SelectMany(clip => new[] { clip.Encoded, Utf8(clip.Label) })]);
                break;
            case LoggedText text:
                Assert.Equal(Shape(value), text.Shape);
                AssertStrings(value, [.. text.Texts.Select(Utf8)]);
                break;
            case LoggedPrCurve curve:
                AssertNumbers(value, Rows(curve).SelectMany(row => row));
                break;
            case LoggedLayout layout:
                Assert.Equal(
                    value.GetProperty("tensor").GetProperty("layout").GetProperty("category").GetRawText().Filter(),
                    HparamsJson.Write(layout).Filter()
                );
                break;
            case LoggedTensor tensor:
                Assert.Equal(value.GetProperty("metadata").GetProperty("plugin").GetString(), tensor.Plugin);
                Assert.Equal(Shape(value), tensor.Tensor.Shape);
                AssertNumbers(value, tensor.Tensor.Numbers);
                break;
            default:
                var content = value.GetProperty("metadata").GetProperty("content").EnumerateObject().Single();
                Assert.Equal(content.Value.GetRawText().Filter(), HparamsJson.Write(other).Filter());
                break;
        }
    }

    private static IEnumerable<IEnumerable<double>> Rows(LoggedPrCurve curve) =>
        [
            curve.Points.Select(point => point.TruePositives),
            curve.Points.Select(point => point.FalsePositives),
            curve.Points.Select(point => point.TrueNegatives),
            curve.Points.Select(point => point.FalseNegatives),
            curve.Points.Select(point => point.Precision),
            curve.Points.Select(point => point.Recall),
        ];

    private static long[] Shape(JsonElement value) =>
        [.. value.GetProperty("tensor").GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];

    private static void AssertNumbers(JsonElement value, IEnumerable<double> numbers) =>
        Assert.Equal(
            value.GetProperty("tensor").GetProperty("values").EnumerateArray().Select(Fixtures.Number),
            numbers
        );

    private static void AssertStrings(JsonElement value, IReadOnlyList<ReadOnlyMemory<byte>> strings)
    {
        var expected = value.GetProperty("tensor").GetProperty("strings").EnumerateArray().ToArray();
        Assert.Equal(expected.Length, strings.Count);
        foreach (var (want, have) in expected.Zip(strings))
        {
            AssertBytes(want, have);
        }
    }

    private static void AssertBytes(JsonElement expected, ReadOnlyMemory<byte> bytes)
    {
        if (expected.ValueKind == JsonValueKind.String)
        {
            Assert.Equal(expected.GetString(), Encoding.UTF8.GetString(bytes.Span));
            return;
        }

        Assert.Equal(expected.GetProperty("bytes").GetInt32(), bytes.Length);
        Assert.Equal(expected.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes.Span)));
    }

    private static string TextOr(JsonElement json, string name, string otherwise) =>
        json.TryGetProperty(name, out var text) ? text.GetString()! : otherwise;

    private static ReadOnlyMemory<byte> Ascii(int number) => Utf8($"{number}");

    private static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
