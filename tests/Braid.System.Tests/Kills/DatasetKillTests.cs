using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Protos.Pfs;
using Braid.Testing;
using Xunit.Abstractions;

namespace Braid.System.Tests.Kills;

/// <summary>
/// kill -9 of a server while it makes a commit of a ClearML dataset, at moments spread over all that this takes: after the restart
/// there is one commit, with the bytes that were uploaded. BRAID_SEED repeats a run's choices.
/// </summary>
public sealed class DatasetKillTests(ITestOutputHelper output)
{
    private const int rounds = 5;
    private const int files = 400;
    private const int largest = 128 * 1024;
    private const string branch = "v1-0-0";

    [Fact]
    public async Task A_dataset_whose_server_is_killed_becomes_one_whole_commit()
    {
        var seed = Seed.Pick();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var server = await ServerProcess.StartAsync();
        var took = await MeasureAsync(server, random);
        for (var round = 0; round < rounds; round++)
        {
            var set = await CompleteAsync(server, $"faces{round}", random);
            // A moment in the round's part of the time that a commit takes.
            await Task.Delay(took * ((round + random.NextDouble()) / rounds), TimeProvider.System);
            await server.KillAloneAsync();
            await server.StartAgainAsync();
            output.WriteLine($"kill {round + 1}: {await StateAsync(server, set)}");
            await DoneAsync(server, set);
            await VerifyAsync(server, set, $"seed {seed}, kill {round + 1}");
        }
    }

    /// <summary>How long a commit takes that nothing interrupts.</summary>
    private static async Task<TimeSpan> MeasureAsync(ServerProcess server, Random random)
    {
        var set = await CompleteAsync(server, "calm", random);
        var watch = Stopwatch.StartNew();
        await DoneAsync(server, set);
        var took = watch.Elapsed;
        await VerifyAsync(server, set, "no kill");
        return took;
    }

    /// <summary>Version 1.0.0 of a data set of project <c>default</c>, whose repo the default project then has.</summary>
    private static async Task<DataSet> CompleteAsync(ServerProcess server, string name, Random random)
    {
        var contents = Enumerable.Range(0, files).ToDictionary(i => $"{i % 7}/{i}.bin", _ => NextBytes(random));
        var project = await ClearMLCalls.IdAsync(
            server,
            "projects.create",
            $$"""{"name":"default/.datasets/{{name}}","system_tags":["dataset"]}"""
        );
        var task = await ClearMLCalls.IdAsync(
            server,
            "tasks.create",
            $$"""{"name":"{{name}}","type":"data_processing","project":"{{project}}","system_tags":["dataset"]}"""
        );
        await ClearMLCalls.CallAsync(server, "tasks.started", $$"""{"task":"{{task}}"}""");
        await ClearMLCalls.CallAsync(
            server,
            "tasks.edit_hyper_params",
            $$"""{"task":"{{task}}","hyperparams":[{"section":"properties","name":"version","value":"1.0.0"}]}"""
        );
        await ClearMLCalls.AddArtifactAsync(server, task, "data", Zip(contents));
        await ClearMLCalls.AddArtifactAsync(server, task, "state", State(task, contents.Keys));
        await ClearMLCalls.CallAsync(server, "tasks.completed", $$"""{"task":"{{task}}","force":true}""");
        return new(task, name, contents);
    }

    /// <summary>How far the commit is, in words.</summary>
    private static async Task<string> StateAsync(ServerProcess server, DataSet set)
    {
        if (await NoteAsync(server, set) is not null)
        {
            return "the task tells its commit";
        }

        using var pfs = new PfsClient(Address(server));
        return await TryInspectAsync(pfs, PfsClient.Head(set.Repo, branch)) switch
        {
            null => "no commit",
            { Finished: null } => "the commit is open",
            _ => "the commit is closed",
        };
    }

    private static async Task<CommitInfo?> TryInspectAsync(PfsClient pfs, Commit commit)
    {
        try
        {
            return await pfs.InspectAsync(commit);
        }
        catch (Grpc.Statuses.GrpcException missing) when (missing.Status.Code == Grpc.Statuses.GrpcCode.NotFound)
        {
            return null;
        }
    }

    private static Task DoneAsync(ServerProcess server, DataSet set) =>
        Eventually.IsTrueAsync(
            async () => await NoteAsync(server, set) is not null,
            "the task tells its commit",
            TimeSpan.FromSeconds(60)
        );

    /// <summary>The commit that the task names.</summary>
    private static async Task<string?> NoteAsync(ServerProcess server, DataSet set)
    {
        var found = await ClearMLCalls.CallAsync(server, "tasks.get_by_id", $$"""{"task":"{{set.Task}}"}""");
        var notes = found.GetProperty("task").GetProperty("hyperparams").GetProperty("properties");
        Assert.False(notes.TryGetProperty("braid_problem", out var problem), $"{problem}");
        return notes.TryGetProperty("braid_commit", out var note) ? note.GetProperty("value").GetString() : null;
    }

    private static async Task VerifyAsync(ServerProcess server, DataSet set, string what)
    {
        using var pfs = new PfsClient(Address(server));
        var commit = Assert.Single(await pfs.CommitsAsync(set.Repo));
        Assert.Equal($"default/{set.Repo}@{commit.Commit.Id}", await NoteAsync(server, set));
        Assert.NotNull(commit.Finished);
        Assert.Equal("", commit.Error);
        foreach (var name in (string[])[branch, "master"])
        {
            Assert.Equal(commit.Commit.Id, (await pfs.InspectAsync(PfsClient.Head(set.Repo, name))).Commit.Id);
        }

        Assert.Equal(
            set.Files.ToDictionary(file => $"/{file.Key}", file => (long)file.Value.Length),
            await pfs.ListAsync(commit.Commit)
        );
        foreach (var (path, bytes) in set.Files)
        {
            var read = await pfs.ReadAsync(commit.Commit, path);
            Assert.True(read.AsSpan().SequenceEqual(bytes), $"{what}: {path} is not the same");
        }

        Assert.Empty(await pfs.FsckAsync());
    }

    private static byte[] NextBytes(Random random)
    {
        var bytes = new byte[random.Next(largest)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Zip(Dictionary<string, byte[]> contents)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in contents)
            {
                using var entry = archive.CreateEntry(path, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    private static byte[] State(string task, IEnumerable<string> paths)
    {
        var entries = paths.Select(path =>
            (JsonNode)
                new JsonObject
                {
                    ["relative_path"] = path,
                    ["parent_dataset_id"] = task,
                    ["artifact_name"] = "data",
                }
        );
        return Encoding.UTF8.GetBytes(
            new JsonObject { ["dataset_file_entries"] = new JsonArray([.. entries]), ["dirty"] = false }.ToJsonString()
        );
    }

    private static Uri Address(ServerProcess server) =>
        new(server.Endpoint("pachyderm").Replace("grpc://", "http://", StringComparison.Ordinal));

    /// <param name="Task">The version's task.</param>
    private sealed record DataSet(string Task, string Repo, Dictionary<string, byte[]> Files);
}
