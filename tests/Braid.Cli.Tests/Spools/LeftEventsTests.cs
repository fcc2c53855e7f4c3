using Braid.Cli.Tests.OfflineSessions;
using Braid.Testing;

namespace Braid.Cli.Tests.Spools;

/// <summary><c>braid spool</c>: what <c>braid run</c> left.</summary>
public sealed class LeftEventsTests : IDisposable
{
    private const string run = "0123456789abcdef0123456789abcdef";
    private const string name = $"braid-run-{run}";

    private readonly TempFolder folder = new();

    private string Left => folder.File($"{name}.jsonl");

    public LeftEventsTests() =>
        File.WriteAllText(
            Left,
            """{"type":"log","task":"t","msg":"a"}""" + "\n" + """{"type":"log","msg":"b"}""" + "\n{"
        );

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_is_listed_with_its_run_and_its_lines_or_as_in_use()
    {
        var cli = new CliRun();
        Assert.Equal(0, await RunAsync(cli, "list"));
        Assert.Matches($"{name} +{run} .* clearml +3 lines\n", cli.Out);

        using var holder = new FileStream(Left, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        Assert.Equal(0, await RunAsync(cli, "list"));
        Assert.Contains(" in use\n", cli.Out, StringComparison.Ordinal);
        Assert.Equal(1, await RunAsync(cli, "discard", name));
        Assert.True(File.Exists(Left));
    }

    [Fact]
    public async Task It_is_sent_as_far_as_it_is_whole_and_is_gone_then()
    {
        await using var server = await ClearMLFake.StartAsync();
        var cli = server.Cli;
        Assert.Equal(0, await RunAsync(cli, "send", name));
        Assert.Equal("sent 1, left 0\n", cli.Out);
        Assert.Equal(["a", "b"], server.Events.Select(line => $"{line["msg"]}"));
        Assert.False(File.Exists(Left));
    }

    [Fact]
    public async Task It_stays_when_its_server_is_away()
    {
        await using var server = await ClearMLFake.StartAsync();
        server.RefusesOnce = "events.add_batch";
        var cli = server.Cli;
        Assert.Equal(1, await RunAsync(cli, "send", "--all"));
        Assert.Equal("sent 0, left 1\n", cli.Out);
        Assert.Contains(name, cli.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Left));
    }

    [Fact]
    public async Task It_is_discarded_by_its_name()
    {
        Assert.Equal(0, await RunAsync(new(), "discard", name));
        Assert.False(File.Exists(Left));
    }

    private Task<int> RunAsync(CliRun cli, string verb, params string[] words) =>
        cli.RunAsync(["spool", verb, .. words, "--spool-dir", folder.Path]);
}
