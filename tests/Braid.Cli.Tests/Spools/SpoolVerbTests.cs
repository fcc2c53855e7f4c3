using Braid.Client;
using Braid.Client.Backends;
using Braid.Client.Backends.Folder;
using Braid.Client.Backends.MLflow;
using Braid.Client.Spooling;
using Braid.Testing;

namespace Braid.Cli.Tests.Spools;

/// <summary><c>braid spool</c>: what programs left.</summary>
public sealed class SpoolVerbTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly CliRun cli = new();

    public SpoolVerbTests() => cli.With("TRACELET_SPOOL_DIR", folder.File("spool"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_is_left_is_listed_with_its_run_its_age_whom_it_is_for_and_what_it_holds()
    {
        var name = await LeaveAsync(new MLflowBackend(new() { TrackingUri = new("http://127.0.0.1:1") }));
        cli.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal(0, await ListAsync());

        var lines = cli.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("NAME", lines[0]);
        Assert.StartsWith($"{name} digits/baseline 3 hours ago ", lines[1]);
        Assert.EndsWith(" mlflow http://127.0.0.1:1/ 20 points, 1 parameter", lines[1]);
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public async Task A_spool_that_is_in_use_or_damaged_says_so()
    {
        var name = await LeaveAsync(new FolderBackend(folder.File("runs")));
        using (SpoolFolders.TryHold(PathOf(name)))
        {
            await ListAsync();
            Assert.Contains(" in use", cli.Out);
            Assert.Equal(1, await cli.RunAsync("spool", "discard", name, "--spool-dir", folder.File("spool")));
            Assert.Contains($"{name} is in use", cli.Error);
        }

        await File.WriteAllTextAsync(Path.Combine(PathOf(name), "run.json"), "{");
        await ListAsync();
        Assert.Contains(" cannot be read: ", cli.Out);
    }

    [Fact]
    public async Task What_is_left_for_a_folder_is_sent_there()
    {
        var name = await LeaveAsync(new FolderBackend(folder.File("runs")));
        Assert.Equal(0, await cli.RunAsync("spool", "send", name, "--spool-dir", folder.File("spool")));
        Assert.Equal("sent 1, left 0\n", cli.Out);
        Assert.Single(Directory.GetFiles(folder.File("runs"), "metrics.jsonl", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetDirectories(folder.File("spool")));
    }

    [Fact]
    public async Task What_is_for_a_server_that_the_environment_does_not_name_is_left_and_told()
    {
        await LeaveAsync(new MLflowBackend(new() { TrackingUri = new("http://127.0.0.1:1") }));
        Assert.Equal(1, await cli.RunAsync("spool", "send", "--all", "--spool-dir", folder.File("spool")));
        Assert.Equal("sent 0, left 1\n", cli.Out);
        Assert.Contains("mlflow at http://127.0.0.1:1/ is not what the environment leads to", cli.Error);
    }

    [Fact]
    public async Task A_server_that_is_away_is_waited_for_as_long_as_one_says()
    {
        await LeaveAsync(new MLflowBackend(new() { TrackingUri = new("http://127.0.0.1:1") }));
        cli.With("MLFLOW_TRACKING_URI", "http://127.0.0.1:1");
        string[] words = ["spool", "send", "--all", "--timeout", "300ms", "--spool-dir", folder.File("spool")];
        Assert.Equal(1, await cli.RunAsync(words));
        Assert.Equal("sent 0, left 1\n", cli.Out);
        Assert.Contains("gave up waiting for http://127.0.0.1:1/", cli.Error);
    }

    [Fact]
    public async Task What_is_discarded_is_gone_and_nothing_else_is()
    {
        var name = await LeaveAsync(new FolderBackend(folder.File("runs")));
        var other = await LeaveAsync(new FolderBackend(folder.File("runs")));
        Assert.Equal(0, await cli.RunAsync("spool", "discard", name, "--spool-dir", folder.File("spool")));
        Assert.Equal(PathOf(other), Assert.Single(Directory.GetDirectories(folder.File("spool"))));
        Assert.False(Directory.Exists(folder.File("runs")));
    }

    [Fact]
    public async Task All_are_discarded_only_by_who_says_yes()
    {
        await LeaveAsync(new FolderBackend(folder.File("runs")));
        string[] words = ["spool", "discard", "--all", "--spool-dir", folder.File("spool")];
        Assert.Equal(1, await cli.RunAsync(words));
        Assert.Single(Directory.GetDirectories(folder.File("spool")));
        Assert.Equal(0, await new CliRun { Input = "y\n"u8.ToArray() }.RunAsync(words));
        Assert.Empty(Directory.GetDirectories(folder.File("spool")));
    }

    [Theory]
    [InlineData("send")]
    [InlineData("discard")]
    public async Task Nothing_is_meant_by_no_name_and_a_wrong_one_is_told(string verb)
    {
        Assert.Equal(1, await cli.RunAsync("spool", verb));
        Assert.Contains("which spools?", cli.Error);
        Assert.Equal(1, await cli.RunAsync("spool", verb, "nothing", "--spool-dir", folder.File("spool")));
        Assert.Contains("there is no spool nothing", cli.Error);
    }

    private Task<int> ListAsync() => cli.RunAsync("spool", "list", "--spool-dir", folder.File("spool"));

    private string PathOf(string name) => Path.Combine(folder.File("spool"), name);

    /// <summary>A program that logs while its backend cannot be opened.</summary>
    private async Task<string> LeaveAsync(IBackend backend)
    {
        var before = Directory.Exists(folder.File("spool")) ? Directory.GetDirectories(folder.File("spool")) : [];
        var options = new LoggingOptions
        {
            Backends = [new Closed(backend)],
            SpoolRoots = [folder.File("spool")],
            ResumeSpooled = false,
            Clock = cli.Clock,
            FlushTimeout = TimeSpan.FromMilliseconds(50),
            OnProblem = _ => { },
        };
        var experiment = Experiment.StartLogging("baseline", "digits", options);
        experiment.LogParam("rate", 0.1);
        for (var step = 0; step < 20; step++)
        {
            experiment.LogMetric("loss", step, step);
        }

        await experiment.DisposeAsync();
        return Path.GetFileName(Directory.GetDirectories(folder.File("spool")).Except(before).Single());
    }

    /// <summary>A backend of this name and address that is away.</summary>
    private sealed class Closed(IBackend backend) : IBackend
    {
        public string Name => backend.Name;

        public string Address => backend.Address;

        public bool CanShareRuns => backend.CanShareRuns;

        public Task<IRunSink> OpenAsync(RunStart start, SinkContext context, CancellationToken ct) =>
            throw new BackendUnavailableException("away");
    }
}
