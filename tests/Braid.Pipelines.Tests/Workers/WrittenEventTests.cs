using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Workers.Events;
using Braid.Primitives;
using Braid.Testing;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Workers;

/// <summary>What programs write for TensorBoard below <c>/pfs/out</c>, read by a reader that remembers bytes.</summary>
public sealed class WrittenEventTests
{
    private readonly ConcurrentDictionary<(string Attempt, string Path), string> read = new();
    private readonly EventReading reading;

    public WrittenEventTests() => reading = new(name => name.Contains("tfevents"), TakeAsync);

    [Fact]
    public async Task Event_files_of_a_datum_become_part_of_its_jobs_run_and_of_its_output()
    {
        await using var world = await StartAsync(reading);
        var job = await RunAsync(
            world,
            "mkdir -p /pfs/out/logs/train && echo -n loss > /pfs/out/logs/train/events.out.tfevents.1.host && echo other > /pfs/out/other"
        );

        Assert.Equal(JobState.Success, job.State);
        var ((_, path), bytes) = Assert.Single(read);
        Assert.Equal(("logs/train/events.out.tfevents.1.host", "loss"), (path, bytes));
        Assert.Equal(2, (await world.FilesAsync("edges")).Count);
    }

    [Fact]
    public async Task What_a_datum_that_failed_wrote_is_read_too()
    {
        await using var world = await StartAsync(reading);
        var job = await RunAsync(world, "echo -n loss > /pfs/out/tfevents; exit 1");
        Assert.Equal(JobState.Failure, job.State);
        Assert.Contains("loss", read.Values);
    }

    [Fact]
    public async Task What_a_program_writes_is_read_while_it_runs()
    {
        await using var world = await StartAsync(reading);
        await world.CreateRepoAsync("images");
        await world.CreateAsync(
            SpecOf(
                "echo -n one > /pfs/out/tfevents; while ! test -e /pfs/out/go; do sleep 0.05; done; echo -n two >> /pfs/out/tfevents"
            )
        );
        var set = await world.PutAsync("images", ("/a", "x"));
        await Eventually.IsTrueAsync(
            () => Task.FromResult(read.Values.Contains("one")),
            "the first is read",
            TimeSpan.FromMinutes(1)
        );
        LetGo(world);
        await world.EndedAsync("edges", set);
        Assert.Equal(["onetwo"], read.Values);
    }

    [Fact]
    public async Task A_link_or_a_pipe_is_no_event_file()
    {
        await using var world = await StartAsync(reading);
        var job = await RunAsync(
            world,
            "ln -s /etc/passwd /pfs/out/a.tfevents; ln -s /etc /pfs/out/etc; mkfifo /pfs/out/b.tfevents; true"
        );
        Assert.Equal(JobState.Failure, job.State); // no tree holds a pipe
        Assert.Empty(read);
    }

    [Fact]
    public async Task A_file_that_is_refused_is_told_in_the_log_and_fails_nothing()
    {
        var refusing = reading with
        {
            TakeAsync = (_, _) => Task.FromResult<Result<long>>(new Error(ErrorKind.InvalidArgument, "test", "no")),
        };
        await using var world = await StartAsync(refusing);
        var job = await RunAsync(world, "echo -n loss > /pfs/out/tfevents");
        Assert.Equal(JobState.Success, job.State);
        Assert.Contains("/pfs/out/tfevents is not read as TensorBoard's: no", await world.LogsAsync(job));
    }

    private static void LetGo(PipelineWorld world)
    {
        var running = Directory
            .EnumerateFiles(world.ScratchFolder, "tfevents", SearchOption.AllDirectories)
            .Single(file => !file.Contains("trays"));
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(running)!, "go"), "");
    }

    private static async Task<Job> RunAsync(PipelineWorld world, string command)
    {
        await world.CreateRepoAsync("images");
        await world.CreateAsync(SpecOf(command));
        return await world.EndedAsync("edges", await world.PutAsync("images", ("/a", "x")));
    }

    private static JsonObject SpecOf(string command)
    {
        var spec = Spec("edges", command, "images:/*");
        spec["datumTries"] = 1;
        return spec;
    }

    private async Task<Result<long>> TakeAsync(EventPart part, CancellationToken ct)
    {
        using var reader = new StreamReader(part.Rest);
        var rest = await reader.ReadToEndAsync(ct);
        var key = (part.Caller.Writer ?? "", part.Path);
        var known = read.GetValueOrDefault(key, "");
        read[key] = known[..(int)part.Offset] + rest;
        return read[key].Length;
    }
}
