using System.Text;
using Braid.Client.Backends.ClearMLOffline;
using Braid.Client.Backends.Folder;
using Braid.Client.Backends.WandbOffline;
using Braid.Client.Tests.Doors;
using Braid.TensorBoard.Wire;
using Braid.Testing;

namespace Braid.Client.Tests;

/// <summary>Runs that no server sees until their files are brought to one.</summary>
public sealed class OfflineTests : IDisposable
{
    private readonly Runs runs = new();
    private readonly TempFolder folder = new();

    public void Dispose()
    {
        runs.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task An_offline_session_is_what_braid_imports()
    {
        await using var doors = await BraidDoors.StartAsync();
        var experiment = runs.Start(new ClearMLOfflineBackend(folder.File("sessions")));
        EverythingLogged.To(experiment, folder);
        await experiment.DisposeAsync();
        Assert.Empty(runs.Problems);
        var session = Assert.Single(Directory.GetFileSystemEntries(folder.File("sessions")));
        Assert.Equal($"{await experiment.RunIdAsync()}.zip", Path.GetFileName(session));

        var output = await ProgramRun.OutputAsync(
            "dotnet",
            [
                Repository.PathOf("artifacts", "bin", "Braid.Cli", "release", "braid.dll"),
                "import",
                "clearml-offline",
                session,
            ],
            folder.Path,
            new Dictionary<string, string>
            {
                ["CLEARML_API_HOST"] = doors.Api.AbsoluteUri.TrimEnd('/'),
                ["CLEARML_FILES_HOST"] = doors.Files.AbsoluteUri.TrimEnd('/'),
                ["CLEARML_API_ACCESS_KEY"] = BraidDoors.Admin.AccessKey,
                ["CLEARML_API_SECRET_KEY"] = BraidDoors.Admin.SecretKey,
            }
        );
        var id = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Trim();
        var task = (await doors.ClearMLAsync("tasks.get_by_id", $$"""{"task":"{{id}}"}""")).GetProperty("task");
        Assert.Equal("completed", task.GetProperty("status").GetString());
        Assert.Equal("what this is about", task.GetProperty("comment").GetString());
        Assert.Equal(
            "64",
            task.GetProperty("hyperparams")
                .GetProperty("Hyperparameters")
                .GetProperty("width")
                .GetProperty("value")
                .GetString()
        );
        Assert.Equal(2, task.GetProperty("execution").GetProperty("artifacts").GetArrayLength());
        Assert.Equal(1, task.GetProperty("models").GetProperty("output").GetArrayLength());
        var history = await doors.MLflowAsync($"metrics/get-history?run_id={id}&metric_key=loss");
        Assert.Equal(
            ["2.5", "NaN"],
            history.GetProperty("metrics").EnumerateArray().Select(point => point.GetProperty("value").ToString())
        );
        var samples = await doors.ClearMLAsync(
            "events.get_task_events",
            $$"""{"task":"{{id}}","event_type":"training_debug_image"}"""
        );
        var image = samples
            .GetProperty("events")
            .EnumerateArray()
            .Single(sample => sample.GetProperty("metric").GetString() == "samples");
        Assert.Equal(
            EverythingLogged.Pixels,
            PngPixels.Read(await doors.FileAsync(image.GetProperty("url").GetString()!))
        );
    }

    [Fact]
    public async Task A_wandb_file_that_was_cut_anywhere_is_gone_on_with_behind_its_last_whole_record()
    {
        var path = folder.File("run.wandb");
        using (var log = new WandbLog(path))
        {
            log.Append(Record(1, new string('x', 40_000)));
            log.Append(Record(2, "y"));
        }

        var whole = await File.ReadAllBytesAsync(path);
        foreach (var length in new[] { 0, 3, 7, 9, 20_000, 32_768, 32_770, whole.Length - 1, whole.Length })
        {
            await File.WriteAllBytesAsync(path, whole[..length]);
            long before;
            using (var log = new WandbLog(path))
            {
                before = log.Before;
                log.Append(Record(before + 1, "z"));
            }

            var records = WandbFile.Read(await File.ReadAllBytesAsync(path)).ToList();
            Assert.Equal(
                length == whole.Length ? 2
                    : length == whole.Length - 1 ? 1
                    : 0,
                before
            );
            Assert.Equal(Enumerable.Range(1, (int)before + 1), records.Select(record => (int)record.Number));
        }

        static byte[] Record(long number, string text) =>
            new ProtoWriter().Varint(1, number).Message(2, message => message.Text(1, text)).Written.ToArray();
    }

    [Fact]
    public async Task Half_a_line_of_a_folder_is_cut_before_it_is_gone_on_with()
    {
        var backend = new FolderBackend(folder.Path);
        var context = new Backends.SinkContext(_ => { }, _ => { }, TimeProvider.System);
        var start = new Backends.RunStart { Name = "run" };
        await using var first = await backend.OpenAsync(start, context, default);
        await first.LogAsync([new(Records.RecordKind.Metric, "loss", 1)], default);
        var path = Assert.Single(Directory.GetFiles(folder.Path, "metrics.jsonl", SearchOption.AllDirectories));
        var line = await File.ReadAllTextAsync(path);
        await File.AppendAllTextAsync(path, line[..(line.Length / 2)]);

        await using var second = await backend.OpenAsync(start with { RunId = first.RunId }, context, default);
        await second.LogAsync([new(Records.RecordKind.Metric, "loss", 1)], default);
        Assert.Equal(line + line, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Points_of_one_series_at_one_step_are_all_in_a_wandb_file()
    {
        await using (var experiment = runs.Start(new WandbOfflineBackend(folder.Path)))
        {
            experiment.LogMetric("loss", 1, 7);
            experiment.LogMetric("rate", 0.5, 7);
            experiment.LogMetric("loss", 2, 7);
            experiment.LogMetric("loss", 3, 5);
        }

        var file = Assert.Single(Directory.GetFiles(folder.Path, "*.wandb", SearchOption.AllDirectories));
        var rows = WandbFile
            .Read(await File.ReadAllBytesAsync(file))
            .Where(record => record.Kind == 2)
            .Select(record => WandbFile.Items(record.Body))
            .ToList();
        Assert.Equal(["1", "2", "3"], rows.Select(row => row["loss"]));
        Assert.Equal("0.5", rows[0]["rate"]);
        Assert.Equal("5", rows[2]["loss/step"]);
    }

    [Fact]
    public async Task A_wandb_file_has_the_framing_and_the_records_that_wandb_reads()
    {
        var experiment = runs.Start(new WandbOfflineBackend(folder.Path));
        EverythingLogged.To(experiment, folder);
        experiment.LogText("long", new string('x', 100_000), 20);
        for (var step = 21; step < 2_000; step++)
        {
            experiment.LogMetric("loss", step, step);
        }

        experiment.LogMetric("late", 1, 3);
        await experiment.DisposeAsync();
        Assert.Empty(runs.Problems);

        var id = await experiment.RunIdAsync();
        var file = Assert.Single(Directory.GetFiles(folder.File("wandb"), "*.wandb", SearchOption.AllDirectories));
        Assert.Equal($"run-{id}.wandb", Path.GetFileName(file));
        var records = WandbFile.Read(await File.ReadAllBytesAsync(file)).ToList();
        Assert.Equal(Enumerable.Range(1, records.Count), records.Select(record => (int)record.Number));
        Assert.Equal(21, records[0].Kind);
        Assert.Equal(17, records[1].Kind);
        Assert.Equal([3, 18, 20, 22], records[^4..].Select(record => record.Kind));
        var summary = WandbFile.Items(records[^4].Body);
        Assert.Equal(("1999", "1", "1999"), (summary["loss"], summary["late"], summary["_step"]));
        var settings = records.Where(record => record.Kind == 5).Select(record => Encoding.UTF8.GetString(record.Body));
        Assert.Contains(settings, text => text.Contains("rate") && text.EndsWith("0.1"));
        Assert.Contains(settings, text => text.Contains("deep") && text.EndsWith("true"));

        var rows = records.Where(record => record.Kind == 2).Select(record => WandbFile.Items(record.Body)).ToList();
        Assert.Equal("2.5", rows[0]["loss"]);
        Assert.Equal("\"NaN\"", rows[1]["loss"]);
        Assert.Equal(rows.Select(row => int.Parse(row["_step"])).Order(), rows.Select(row => int.Parse(row["_step"])));
        Assert.Equal(100_002, rows.Single(row => row.ContainsKey("long"))["long"].Length);
        Assert.Equal(("1", "3"), (rows[^1]["late"], rows[^1]["late/step"]));
        Assert.Contains("\"_type\":\"histogram\"", rows.Single(row => row.ContainsKey("weights"))["weights"]);
        Assert.Contains("\"_type\":\"image-file\"", rows.Single(row => row.ContainsKey("samples"))["samples"]);
        Assert.Single(Directory.GetFiles(folder.File("wandb"), "samples_5_*.png", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void A_wandb_record_is_read_whole_that_begins_where_its_block_has_so_much_room(int room)
    {
        // Two headers, the record's number, and tag and length of its body come before the body.
        var body = new byte[32_768 - 7 - 7 - 2 - 4 - room];
        using (var log = new WandbLog(folder.File("log.wandb")))
        {
            log.Append(new ProtoWriter().Varint(1, 1).Bytes(2, body).Written);
            log.Append(new ProtoWriter().Varint(1, 2).Bytes(2, [5]).Written);
        }

        var records = WandbFile.Read(File.ReadAllBytes(folder.File("log.wandb"))).ToList();

        Assert.Equal([1, 2], records.Select(record => record.Number));
        Assert.Equal([5], records[1].Body);
    }
}
