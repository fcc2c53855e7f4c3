using Braid.TensorBoard.Logs;
using Braid.TensorBoard.Writing;
using Braid.Testing;

namespace Braid.TensorBoard.Tests.Logs;

public sealed class LogTailerTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly ManualClock clock = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_look_gives_what_is_new_of_every_writer_of_a_run()
    {
        using var first = Create("train", 1);
        using var second = Create("train", 2);
        var tailer = new LogTailer(folder.Path);
        Add(first, "a", 1, 2);
        Assert.Equal(["train a 1", "train a 2"], await PollAsync(tailer));
        Assert.Empty(await PollAsync(tailer));
        Add(first, "a", 3);
        Add(second, "b", 1);
        Assert.Equal(["train a 3", "train b 1"], await PollAsync(tailer));
    }

    [Fact]
    public async Task Half_a_record_waits_for_its_other_half()
    {
        var bytes = Fixtures.Bytes("restart_run/events.out.tfevents.1700003000.tracelet-fixture");
        var path = folder.File("events.out.tfevents.1.host");
        var tailer = new LogTailer(folder.Path);
        var read = new List<string>();
        for (var length = 0; length <= bytes.Length; length += 7)
        {
            File.WriteAllBytes(path, bytes[..length]);
            read.AddRange(await PollAsync(tailer));
        }

        File.WriteAllBytes(path, bytes);
        read.AddRange(await PollAsync(tailer));
        Assert.Equal(Enumerable.Range(0, 10).Select(step => $". loss {step}"), read);
    }

    [Fact]
    public async Task Another_tailer_goes_on_where_the_first_one_was()
    {
        using var writer = Create("", 1);
        var first = new LogTailer(folder.Path);
        Add(writer, "a", 1);
        await PollAsync(first);
        Add(writer, "a", 2);
        Assert.Equal([". a 2"], await PollAsync(new(folder.Path, first.Marks)));
    }

    [Fact]
    public async Task Another_file_of_the_same_name_is_read_from_its_start()
    {
        var path = folder.File("events.out.tfevents.1.host");
        File.WriteAllBytes(path, Fixtures.Bytes("tbx_run/compare/a/events.out.tfevents.1700000000.tracelet-fixture"));
        var tailer = new LogTailer(folder.Path);
        Assert.Equal(3, (await PollAsync(tailer)).Count);
        File.WriteAllBytes(path, Fixtures.Bytes("restart_run/events.out.tfevents.1700003000.tracelet-fixture"));
        Assert.Equal(10, (await PollAsync(tailer)).Count);
    }

    [Fact]
    public async Task A_batch_that_could_not_be_taken_comes_again()
    {
        using var writer = Create("", 1);
        Add(writer, "a", 1);
        var tailer = new LogTailer(folder.Path);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            tailer.PollAsync(_ => throw new InvalidOperationException("full"), default)
        );
        Assert.Equal([". a 1"], await PollAsync(tailer));
    }

    [Fact]
    public async Task Zeros_at_the_end_of_the_newest_file_may_be_written_over()
    {
        var whole = Fixtures.Bytes("restart_run/events.out.tfevents.1700003000.tracelet-fixture");
        var path = folder.File("events.out.tfevents.1.host");
        File.WriteAllBytes(path, [.. whole[..164], .. new byte[whole.Length - 164]]);
        var tailer = new LogTailer(folder.Path);
        Assert.Equal(3, (await PollAsync(tailer)).Count);
        File.WriteAllBytes(path, whole);
        Assert.Equal(7, (await PollAsync(tailer)).Count);
    }

    [Fact]
    public async Task A_file_with_a_damaged_length_is_read_no_further()
    {
        var path = folder.File("events.out.tfevents.1.host");
        File.WriteAllBytes(path, Fixtures.Bytes("damaged/bad_length_crc.tfevents"));
        var tailer = new LogTailer(folder.Path);
        var report = await tailer.PollAsync(_ => ValueTask.CompletedTask, default);
        Assert.Equal((4, 0), (report.Records, report.Damaged));
        Assert.Equal(["events.out.tfevents.1.host"], report.Dead);
        Assert.Equal(0, (await tailer.PollAsync(_ => ValueTask.CompletedTask, default)).Records);
    }

    [Fact]
    public async Task Damaged_records_are_counted()
    {
        File.WriteAllBytes(folder.File("events.out.tfevents.1.host"), Fixtures.Bytes("damaged/bad_data_crc.tfevents"));
        var report = await new LogTailer(folder.Path).PollAsync(_ => ValueTask.CompletedTask, default);
        Assert.Equal((11, 1), (report.Records, report.Damaged));
        Assert.Empty(report.Dead);
    }

    [Fact]
    public async Task Steps_that_are_taken_again_begin_an_epoch()
    {
        var root = Path.Combine(Fixtures.Root, "restart_run");
        var points = new List<(long Step, double Value, int Epoch)>();
        await new LogTailer(root).PollAsync(
            events =>
            {
                for (var row = 0; row < events.Batch.Scalars.Count; row++)
                {
                    points.Add(
                        (events.Batch.Scalars.Steps[row], events.Batch.Scalars.Values[row], events.Epochs.Span[row])
                    );
                }

                return ValueTask.CompletedTask;
            },
            default
        );
        Assert.Equal(18, points.Count);
        Assert.All(points, point => Assert.Equal(point.Value >= 200 ? 1 : 0, point.Epoch));
        // What is drawn: of each epoch, the steps before the next one begins.
        var expectation = Fixtures.Manifest.GetProperty("runs").GetProperty("restart_run");
        var again = points.Where(point => point.Epoch == 1).Min(point => point.Step);
        var drawn = points.Where(point => point.Epoch == 1 || point.Step < again).ToArray();
        var preempted = expectation.GetProperty("preempted_expectation");
        Assert.Equal(
            preempted.GetProperty("steps").EnumerateArray().Select(x => x.GetInt64()),
            drawn.Select(p => p.Step)
        );
        Assert.Equal(
            preempted.GetProperty("values").EnumerateArray().Select(x => x.GetDouble()),
            drawn.Select(p => p.Value)
        );
    }

    [Fact]
    public async Task Many_points_of_one_step_and_a_second_writer_begin_no_epoch()
    {
        using var first = Create("", 1);
        using var second = Create("", 2);
        foreach (var step in new[] { 1, 1, 2, 2 })
        {
            first.AddScalar("a", 0, step, 100 + step);
            second.AddScalar("a", 0, step, 100 + step);
        }

        first.Flush();
        second.Flush();
        var epochs = new List<int>();
        await new LogTailer(folder.Path).PollAsync(
            events =>
            {
                epochs.AddRange(events.Epochs.Span);
                return ValueTask.CompletedTask;
            },
            default
        );
        Assert.Equal(Enumerable.Repeat(0, 8), epochs);
    }

    private EventFileWriter Create(string run, int uid) =>
        EventFileWriter.Create(Path.Combine(folder.Path, run), clock, uid);

    private static void Add(EventFileWriter writer, string tag, params IEnumerable<long> steps)
    {
        foreach (var step in steps)
        {
            writer.AddScalar(tag, step, step);
        }

        writer.Flush();
    }

    private static async Task<List<string>> PollAsync(LogTailer tailer)
    {
        var read = new List<string>();
        await tailer.PollAsync(
            events =>
            {
                for (var row = 0; row < events.Batch.Scalars.Count; row++)
                {
                    var tag = events.Tags[events.Batch.Scalars.Tags[row]];
                    read.Add($"{events.File.Run} {tag} {events.Batch.Scalars.Steps[row]}");
                }

                return ValueTask.CompletedTask;
            },
            default
        );
        return read;
    }
}
