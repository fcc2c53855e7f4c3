using System.Text;
using Braid.TensorBoard.Events;
using Braid.TensorBoard.Hot;
using Braid.TensorBoard.Reading;
using Braid.TensorBoard.Writing;
using Braid.Testing;

namespace Braid.TensorBoard.Tests.Writing;

public sealed class EventFileWriterTests
{
    private readonly MemoryStream stream = new();

    [Fact]
    public void The_bytes_are_those_of_the_writers_of_PyTorch()
    {
        var clock = new ManualClock();
        clock.Advance(DateTimeOffset.FromUnixTimeSeconds(1_700_003_000) - clock.GetUtcNow());
        using var writer = new EventFileWriter(stream, clock);
        writer.AddVersion();
        for (var step = 0; step < 10; step++)
        {
            writer.AddScalar("loss", 100 + step, step, 1_700_003_000 + step);
        }

        Assert.Equal(Fixtures.Bytes("restart_run/events.out.tfevents.1700003000.tracelet-fixture"), stream.ToArray());
    }

    [Fact]
    public async Task What_was_written_is_read()
    {
        using var writer = new EventFileWriter(stream, new ManualClock());
        writer.AddHistogram("h", [0, 0.1, 0.2, 1], 1, buckets: 2);
        writer.AddHistogram("h", [3, 3], 2, buckets: 2);
        writer.AddImage("i", Encoding.UTF8.GetBytes("png"), 4, 5, 3);
        writer.AddAudio("s", Encoding.UTF8.GetBytes("wav"), "a label", 4);
        writer.AddText("t", "*markdown*", 5);
        writer.AddHparams([("lr", new HparamValue.Number(0.1)), ("on", new HparamValue.Flag(true))]);
        writer.AddHparamsEnd(HparamsStatus.Success);

        var (batch, reader) = await Fixtures.ReadAsync(stream.ToArray());
        Assert.Equal((7, 0, EndState.Clean), (reader.Records, reader.Damaged, reader.End));
        Assert.Equal([new(0, 0.5, 3), new(0.5, 1, 1)], Read<LoggedHistogram>(batch, 0).Buckets);
        Assert.Equal([new(3, 3, 0), new(3, 3, 2)], Read<LoggedHistogram>(batch, 1).Buckets);
        var images = Read<LoggedImages>(batch, 2);
        Assert.Equal((4, 5, "png"), (images.Width, images.Height, Text(Assert.Single(images.Images))));
        var clip = Assert.Single(Read<LoggedAudio>(batch, 3).Clips);
        Assert.Equal(("wav", "a label"), (Text(clip.Encoded), clip.Label));
        Assert.Equal(["*markdown*"], Read<LoggedText>(batch, 4).Texts);
        Assert.Equal(
            [("lr", new HparamValue.Number(0.1)), ("on", new HparamValue.Flag(true))],
            Read<LoggedHparams>(batch, 5).Values
        );
        Assert.Equal(HparamsStatus.Success, Read<LoggedHparamsEnd>(batch, 6).Status);
        Assert.Equal([0L, 1, 2, 3, 4, 5], batch.Others.Select(other => other.Step).Distinct().Order());
    }

    [Fact]
    public void Files_of_one_second_have_names_of_their_own()
    {
        var names = Enumerable.Range(0, 3).Select(uid => EventFileWriter.FileName(new ManualClock(), uid)).ToArray();
        Assert.Equal(names.Order(StringComparer.Ordinal), names.Distinct());
    }

    private static T Read<T>(EventBatch batch, int at) => Assert.IsType<T>(batch.Others[at]);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
