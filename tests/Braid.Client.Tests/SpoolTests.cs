using Braid.Client.Backends;
using Braid.Client.Queueing;
using Braid.Client.Records;
using Braid.Client.Spooling;
using Braid.Testing;

namespace Braid.Client.Tests;

/// <summary>What is logged while a backend is away, and what becomes of it.</summary>
public sealed class SpoolTests : IDisposable
{
    private static readonly TimeSpan atOnce = TimeSpan.FromMilliseconds(50);

    private readonly Runs runs = new();
    private readonly TempFolder folder = new();
    private readonly FakeBackend backend = new();

    public void Dispose()
    {
        runs.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_backend_that_comes_back_gets_everything_in_order()
    {
        var away = 3;
        backend.Before = (_, _) =>
            Interlocked.Decrement(ref away) >= 0 ? throw new BackendUnavailableException("away") : Task.CompletedTask;
        await using (var experiment = runs.Start(backend))
        {
            for (var step = 0; step < 5_000; step++)
            {
                experiment.LogMetric("loss", step, step);
            }
        }

        Assert.Equal(Enumerable.Range(0, 5_000), backend.Records.Select(record => (int)record.Step));
        Assert.Single(runs.Problems);
    }

    [Fact]
    public async Task What_a_backend_never_got_is_sent_by_a_later_process()
    {
        await LeaveAsync(100);
        var later = new FakeBackend();
        var report = await Experiment.ResumeAsync(runs.To(later));

        Assert.Equal(new ResumeReport(Sent: 1, Left: 0), report);
        Assert.Equal(Enumerable.Range(0, 100), later.Records.Select(record => (int)record.Step));
        Assert.Equal(("run", "project"), (later.Start?.Name, later.Start?.Project));
        Assert.Equal(RunOutcome.Finished, later.End?.Outcome);
        Assert.Empty(Directory.GetDirectories(runs.Spool));
    }

    [Fact]
    public async Task The_next_start_sends_what_is_left_in_the_background()
    {
        await LeaveAsync(10);
        var later = new FakeBackend();
        await using (runs.Start(later))
        {
            await Eventually.IsTrueAsync(() => Task.FromResult(later.Records.Count == 10), "what was left is sent");
        }
    }

    [Fact]
    public async Task A_run_that_was_begun_is_gone_on_with_and_not_made_again()
    {
        var delivered = 0;
        backend.Before = (records, ct) =>
            delivered++ == 0 ? Task.CompletedTask : Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
        var experiment = Experiment.StartLogging("run", null, runs.To(backend) with { FlushTimeout = atOnce });
        experiment.LogMetric("loss", 1, 0);
        await experiment.FlushAsync();
        experiment.LogMetric("loss", 2, 1);
        await experiment.DisposeAsync();

        var later = new FakeBackend();
        await Experiment.ResumeAsync(runs.To(later));
        Assert.Equal(backend.RunId, later.Start?.RunId);
        Assert.Equal([2.0], later.Records.Select(record => record.Value));
    }

    [Fact]
    public async Task Only_the_same_backend_at_the_same_address_gets_what_is_left()
    {
        await LeaveAsync(1);
        var report = await Experiment.ResumeAsync(runs.To(new FakeBackend("another")));
        Assert.Equal(new ResumeReport(Sent: 0, Left: 1), report);
    }

    [Fact]
    public async Task A_spool_of_another_version_is_left_alone_and_keeps_no_other_from_being_sent()
    {
        await LeaveAsync(1);
        await LeaveAsync(1);
        var description = Path.Combine(
            Directory.GetDirectories(runs.Spool).Order(StringComparer.Ordinal).First(),
            "run.json"
        );
        File.WriteAllText(description, File.ReadAllText(description).Replace("\"version\":1", "\"version\":2"));
        var report = await Experiment.ResumeAsync(runs.To(new FakeBackend()));
        Assert.Equal(new ResumeReport(Sent: 1, Left: 1), report);
        Assert.Contains(runs.Problems, problem => problem.Contains("version 2"));
    }

    [Fact]
    public async Task A_record_that_cannot_be_written_is_told_and_counted_and_those_behind_it_are_written()
    {
        var problems = new List<string>();
        using var spool = Spool.Create(folder.Path);
        var outbox = new Outbox(10, 1000, TimeSpan.FromSeconds(1));
        var writer = new SpoolWriter(outbox, spool, 1 << 20, problems.Add);
        writer.Start();
        outbox.Add(new(RecordKind.Tag, "tag", Payload: 1));
        await outbox.FlushAsync();
        outbox.Add(new(RecordKind.Metric, "loss", 1));
        outbox.Close(new(RecordKind.End, "", Payload: new RunEnd(RunOutcome.Finished, "", 0)));
        await writer.Finished.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);

        using var reader = new SpoolReader(spool, new(1, 0, 0));
        Assert.Equal(2, ReadAll(reader));
        Assert.Equal(1, writer.Lost);
        Assert.Single(problems);
    }

    [Fact]
    public async Task A_run_that_was_killed_before_it_logged_anything_ended_when_it_began()
    {
        var began = new DateTime(2026, 5, 4, 3, 2, 1, DateTimeKind.Utc);
        using (
            var killed = SpoolFolders.Create(
                [runs.Spool],
                new(new() { Name = "run" }, "", [new(backend.Name, backend.Address)]),
                _ => { }
            )
        )
        {
            File.SetLastWriteTimeUtc(SpoolFolders.DescriptionOf(killed!.Path), began);
        }

        await Experiment.ResumeAsync(runs.To(backend));
        Assert.Equal(RunOutcome.Failed, backend.End?.Outcome);
        Assert.Equal(new DateTimeOffset(began).ToUnixTimeMilliseconds(), backend.End?.At);
    }

    [Fact]
    public void A_spool_in_a_folder_that_all_users_share_is_the_users_own() =>
        Assert.All(
            new LoggingOptions().SpoolRoots.Where(root => !root.EndsWith(Path.Combine("braid", "spool"))),
            root => Assert.EndsWith($"braid-spool-{Environment.UserName}", root)
        );

    [Fact]
    public async Task A_file_that_was_not_sent_is_kept_as_it_was_at_the_end()
    {
        File.WriteAllText(folder.File("model.bin"), "weights");
        backend.Before = Never;
        var experiment = Experiment.StartLogging("run", null, runs.To(backend) with { FlushTimeout = atOnce });
        experiment.LogArtifact(folder.File("model.bin"));
        await experiment.DisposeAsync();
        File.Delete(folder.File("model.bin"));

        var sent = "";
        var later = new FakeBackend
        {
            Before = async (records, ct) => sent = await File.ReadAllTextAsync(records[0].Artifact.Path, ct),
        };
        await Experiment.ResumeAsync(runs.To(later));
        Assert.Equal("weights", sent);
        Assert.Equal("model.bin", Path.GetFileName(later.Records[0].Artifact.Path));
    }

    [Fact]
    public void A_spool_of_several_segments_drops_what_every_reader_has()
    {
        using var spool = Spool.Create(folder.Path);
        using var fast = new SpoolReader(spool, spool.End);
        using var slow = new SpoolReader(spool, spool.End);
        var content = new LogRecord(RecordKind.Image, "i", Payload: new Media("png", new byte[3 << 20]));
        for (var i = 0; i < 20; i++)
        {
            spool.Append([content]);
        }

        Assert.Equal(20, ReadAll(fast));
        fast.Release();
        Assert.True(File.Exists(spool.PathOf(1)));
        Assert.Equal(20, ReadAll(slow));
        slow.Release();
        Assert.False(File.Exists(spool.PathOf(1)));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Every_record_that_was_whole_is_read_wherever_a_spool_is_cut()
    {
        using (var spool = Spool.Create(folder.Path))
        {
            spool.Append([.. Enumerable.Range(0, 4).Select(i => new LogRecord(RecordKind.Metric, "loss", i, i))]);
            spool.Close();
        }

        var path = Path.Combine(folder.Path, "00000001.records");
        var bytes = File.ReadAllBytes(path);
        for (var length = 0; length <= bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            using var cut = Spool.Open(folder.Path);
            using var reader = new SpoolReader(cut, new(1, 0, 0));
            Assert.Equal(length / (bytes.Length / 4), ReadAll(reader));
        }
    }

    [Fact]
    public void A_damaged_record_is_not_read_nor_what_is_behind_it()
    {
        using (var spool = Spool.Create(folder.Path))
        {
            spool.Append([.. Enumerable.Range(0, 4).Select(i => new LogRecord(RecordKind.Metric, "loss", i, i))]);
            spool.Close();
        }

        var path = Path.Combine(folder.Path, "00000001.records");
        Damage.Flip(path, new FileInfo(path).Length / 2 + 10, bit: 3);
        using var damaged = Spool.Open(folder.Path);
        using var reader = new SpoolReader(damaged, new(1, 0, 0));
        Assert.Equal(2, ReadAll(reader));
    }

    [Fact]
    public void Every_kind_of_record_is_read_as_it_was_written()
    {
        LogRecord[] records =
        [
            new(RecordKind.Metric, "loss/ü", -0.0, -5, 1),
            new(RecordKind.Parameter, "rate", Payload: new ParameterValue("General", "0.1", "float")),
            new(RecordKind.Tag, "stage", Payload: "trial"),
            new(RecordKind.Label, "best"),
            new(RecordKind.Note, "", Payload: ""),
            new(RecordKind.Console, "", Payload: "line"),
            new(RecordKind.Artifact, "a", Payload: new ArtifactFile(ArtifactKind.Code, "/a", "b")),
        ];
        using var spool = Spool.Create(folder.Path);
        spool.Append(records);
        spool.Append([
            new(RecordKind.Image, "i", 0, 3, 4, new Media("png", new byte[] { 1, 2 })),
            new(RecordKind.Artifact, "a", Payload: new ArtifactFile(ArtifactKind.Custom, "a", "", new byte[] { 3 })),
            new(
                RecordKind.Model,
                "m",
                Payload: new ModelFile(
                    "/m",
                    ArtifactKind.Weights,
                    "f",
                    "d",
                    new Dictionary<string, string> { ["k"] = "v" }
                )
            ),
        ]);
        using var reader = new SpoolReader(spool, new(1, 0, 0));
        var read = new List<LogRecord>();
        reader.Read(read, int.MaxValue, int.MaxValue);

        Assert.Equal(records, read[..records.Length]);
        Assert.Equal([1, 2], read[^3].Media.Content.ToArray());
        Assert.Equal([3], read[^2].Artifact.Content!.Value.ToArray());
        Assert.Equal(
            ("/m", ArtifactKind.Weights, "f", "d", "v"),
            (
                read[^1].Model.Path,
                read[^1].Model.Kind,
                read[^1].Model.Framework,
                read[^1].Model.Description,
                read[^1].Model.Tags["k"]
            )
        );
    }

    [Fact]
    public async Task Above_its_limit_a_spool_keeps_points_and_gives_up_content()
    {
        backend.Before = Never;
        var options = runs.To(backend) with { FlushTimeout = atOnce, SpoolLimit = 1000 };
        var experiment = Experiment.StartLogging("run", null, options);
        experiment.LogArtifact("first.bin", (ReadOnlySpan<byte>)new byte[2000]);
        await Eventually.IsTrueAsync(
            () =>
                Task.FromResult(
                    Directory.GetFiles(runs.Spool, "*.records", SearchOption.AllDirectories) is [var file]
                        && new FileInfo(file).Length > 1000
                ),
            "the first is in the spool"
        );
        experiment.LogArtifact("second.bin", (ReadOnlySpan<byte>)new byte[2000]);
        experiment.LogMetric("loss", 1, 0);
        await experiment.DisposeAsync();
        Assert.Equal(1, experiment.Undelivered);
        Assert.Equal(2, experiment.LeftForLater);
    }

    [Fact]
    public async Task Without_a_folder_that_can_be_written_to_training_goes_on()
    {
        File.WriteAllText(folder.File("file"), "");
        var options = runs.To(backend) with { SpoolRoots = [folder.File("file/below")] };
        var experiment = Experiment.StartLogging("run", null, options);
        experiment.LogMetric("loss", 1, 0);
        await experiment.DisposeAsync();
        Assert.Equal(1, experiment.Undelivered);
        Assert.Contains(runs.Problems, problem => problem.Contains("can be written to"));
    }

    private static int ReadAll(SpoolReader reader)
    {
        var (count, records) = (0, new List<LogRecord>());
        do
        {
            records.Clear();
            reader.Read(records, 3, int.MaxValue);
            count += records.Count;
        } while (records.Count > 0);

        return count;
    }

    private static Task Never(IReadOnlyList<LogRecord> records, CancellationToken ct) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);

    private async Task LeaveAsync(int points)
    {
        backend.Before = Never;
        var experiment = Experiment.StartLogging("run", "project", runs.To(backend) with { FlushTimeout = atOnce });
        for (var step = 0; step < points; step++)
        {
            experiment.LogMetric("loss", step, step);
        }

        await experiment.DisposeAsync();
        Assert.Equal(points, experiment.LeftForLater);
    }
}
