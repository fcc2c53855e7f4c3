using Braid.Compute.Executors;
using Braid.Compute.Processes;
using Braid.Compute.Processes.Replicas;
using Braid.Primitives;
using Braid.Testing;

namespace Braid.Compute.Tests.Processes;

/// <summary>What is true of processes only: they end with their agent, and share its network.</summary>
public sealed class LocalExecutorTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public async Task What_runs_is_lost_with_an_agent_that_ends_and_its_lines_stay()
    {
        var executor = await OpenAsync("state");
        var id = await StartAsync(executor, Spec("a", "echo one; echo two; sleep 1000"));
        await SeeAsync(executor, id, "two");

        await executor.DisposeAsync();
        await using var next = await OpenAsync("state");

        Assert.Equal("was lost: its agent ended, and the process with it", await WordsAsync(next, id));
        Assert.Equal(["one", "two"], await LinesAsync(next, id));
    }

    [Fact]
    public async Task What_ran_is_lost_with_an_agent_that_was_killed_and_its_whole_lines_stay()
    {
        await using var executor = await OpenAsync("state");
        var id = await StartAsync(executor, Spec("a", "echo one; sleep 1000"));
        await SeeAsync(executor, id, "one");
        // What an agent that is killed at this moment leaves: everything but the end of the last line.
        CopyState("state", "left");
        await File.AppendAllTextAsync(Path.Combine(folder.File("left"), id.Value, "log"), "638000000000000000 o hal");

        await using var next = await OpenAsync("left");

        Assert.Equal("was lost: its agent died, and the process with it", await WordsAsync(next, id));
        Assert.Equal(["one"], await LinesAsync(next, id));
    }

    [Fact]
    public async Task A_replica_that_was_about_to_start_when_the_agent_was_killed_leaves_nothing()
    {
        Directory.CreateDirectory(Path.Combine(folder.File("state"), "0123456789abcdef"));

        await using var executor = await OpenAsync("state");

        Assert.Empty((await executor.FindAsync(CancellationToken.None)).Value);
        Assert.Empty(Directory.GetDirectories(folder.File("state")));
    }

    [Fact]
    public async Task An_image_is_not_used_and_that_is_said()
    {
        await using var executor = await OpenAsync("state");

        var started = await executor.StartAsync(
            Spec("a", "true") with
            {
                Image = "some/image:1",
            },
            CancellationToken.None
        );

        Assert.Contains("\"some/image:1\" was not used", Assert.Single(started.Value.Remarks));
    }

    [Fact]
    public async Task A_process_needs_a_command()
    {
        await using var executor = await OpenAsync("state");

        var started = await executor.StartAsync(new() { Name = "a", Token = 1 }, CancellationToken.None);

        Assert.Equal("compute.no-command", started.Error?.Code);
    }

    [Fact]
    public async Task A_peer_that_starts_again_has_the_address_that_the_others_know()
    {
        await using var executor = await OpenAsync("state");
        var group = ReplicaNetwork.Of("job");
        var watcher = await StartAsync(
            executor,
            Spec("watcher", "echo ready; until getent hosts peer; do sleep 0.01; done; echo seen; sleep 1000") with
            {
                Network = group,
            }
        );
        var peer = Spec("peer", "getent hosts peer; echo up; sleep 1000") with { Network = group };
        var first = await StartAsync(executor, peer);
        await SeeAsync(executor, watcher, "seen");
        await SeeAsync(executor, first, "up");
        var address = (await LinesAsync(executor, first, follow: false))[0].Split(' ')[0];

        var second = await StartAsync(executor, peer with { Token = 2 });
        await SeeAsync(executor, second, "up");

        Assert.Equal(address, (await LinesAsync(executor, second, follow: false))[0].Split(' ')[0]);
        Assert.StartsWith($"{address} ", (await LinesAsync(executor, watcher, follow: false))[1]);
        Assert.StartsWith("127.", address);
    }

    public void Dispose() => folder.Dispose();

    private static ReplicaSpec Spec(string name, string script) =>
        new()
        {
            Name = name,
            Token = 1,
            Command = ["sh", "-c", script],
        };

    private async Task<LocalExecutor> OpenAsync(string name)
    {
        var processes = (await ProcessExecutor.DetectAsync(new(), TimeProvider.System)).Value;
        return LocalExecutor.Open(processes, folder.File(name), IdSource.System, TimeProvider.System);
    }

    private static async Task<ReplicaId> StartAsync(LocalExecutor executor, ReplicaSpec spec) =>
        (await executor.StartAsync(spec, CancellationToken.None)).Value.Id;

    private static async Task SeeAsync(LocalExecutor executor, ReplicaId id, string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        await foreach (var line in executor.LogsAsync(id, 0, true, limit.Token))
        {
            if (line.Text == text)
            {
                return;
            }
        }

        Assert.Fail($"it ended without the line \"{text}\"");
    }

    private static async Task<string> WordsAsync(LocalExecutor executor, ReplicaId id) =>
        (await executor.WaitAsync(id, CancellationToken.None)).Words;

    private static async Task<List<string>> LinesAsync(LocalExecutor executor, ReplicaId id, bool follow = true)
    {
        var lines = new List<string>();
        await foreach (var line in executor.LogsAsync(id, 0, follow, CancellationToken.None))
        {
            lines.Add(line.Text);
        }

        return lines;
    }

    private void CopyState(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(folder.File(from), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder.File(to), Path.GetRelativePath(folder.File(from), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
