using Braid.Testing;

namespace Braid.Cli.Tests.EventFiles;

/// <summary>Log directories that become runs.</summary>
public sealed class ImportEventFilesTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private TrackingFake server = null!; // set before each test

    private static string Fixtures => Repository.PathOf("tests", "Braid.TensorBoard.Tests", "Data", "tfevents");

    public async Task InitializeAsync() => server = await TrackingFake.StartAsync();

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Each_directory_becomes_a_run_that_starts_and_ends_with_its_events()
    {
        var cli = await ImportAsync(Path.Combine(Fixtures, "tbx_run"), "--project", "vision/a");
        var project = server.Projects["vision/a"];
        Assert.Equal(
            [
                ("compare/a", 1_700_000_000_000),
                ("compare/b", 1_700_000_000_000),
                ("tbx_run", 1_700_000_000_000),
                ("trial_1", 1_700_000_080_000),
            ],
            server.Runs.Values.Select(run => (run["run_name"]!.ToString(), run["start_time"]!.GetValue<long>())).Order()
        );
        Assert.All(server.Runs.Values, run => Assert.Equal(project, run["experiment_id"]!.ToString()));
        Assert.All(
            server.Runs.Values,
            run =>
                Assert.Equal(
                    ("FINISHED", 1_700_000_070_000),
                    ((string)run["ended"]!["status"]!, (long)run["ended"]!["end_time"]!)
                )
        );
        Assert.All(server.Runs.Keys, run => Assert.Contains(run, cli.Out));
        Assert.Equal("4 runs: 12 points\n", cli.Error);
    }

    [Fact]
    public async Task The_bytes_of_a_file_arrive_under_its_name()
    {
        await ImportAsync(Path.Combine(Fixtures, "tbx_run"));
        var run = server.Runs.Single(one => one.Value["run_name"]!.ToString() == "compare/b").Key;
        const string name = "events.out.tfevents.1700000000.tracelet-fixture";
        Assert.Equal([name], server.PathsOf(run));
        Assert.Equal(File.ReadAllBytes(Path.Combine(Fixtures, "tbx_run/compare/b", name)), server.BytesOf(run, name));
    }

    [Fact]
    public async Task One_run_of_all_keeps_the_directories_in_the_names()
    {
        await ImportAsync(Path.Combine(Fixtures, "tbx_run"), "--single", "--name", "all of it");
        var (id, run) = Assert.Single(server.Runs);
        Assert.Equal("all of it", run["run_name"]!.ToString());
        Assert.Contains("compare/a/events.out.tfevents.1700000000.tracelet-fixture", server.PathsOf(id));
        Assert.Equal(4, server.PathsOf(id).Count());
    }

    [Fact]
    public async Task A_second_import_from_elsewhere_sends_only_what_was_added()
    {
        var name = "events.out.tfevents.1.host";
        var whole = File.ReadAllBytes(
            Path.Combine(Fixtures, "restart_run/events.out.tfevents.1700003000.tracelet-fixture")
        );
        var (here, there) = (folder.File("here"), folder.File("there"));
        Directory.CreateDirectory(here);
        File.WriteAllBytes(Path.Combine(here, name), whole[..206]);
        var first = await ImportAsync(here);
        Assert.Equal(1, server.Puts);
        Assert.Equal(first.Out, (await ImportAsync(here)).Out);
        Assert.Equal(1, server.Puts);

        Directory.Move(here, there);
        File.WriteAllBytes(Path.Combine(there, name), whole);
        await ImportAsync(there);
        var run = Assert.Single(server.Runs.Keys);
        Assert.Equal((2, whole.Length), (server.Puts, server.BytesOf(run, name).Length));
        Assert.Equal(whole, server.BytesOf(run, name));
    }

    [Fact]
    public async Task A_file_that_the_server_refuses_is_told_and_fails_the_call_after_the_other_runs()
    {
        server.Refused = "compare/a";
        var cli = server.Cli;
        Assert.Equal(1, await cli.RunAsync("import", "tfevents", Path.Combine(Fixtures, "tbx_run"), "--single"));
        Assert.Contains("the server refused compare/a/events.out", cli.Error);
        Assert.Equal(3, server.PathsOf(Assert.Single(server.Runs.Keys)).Count());
    }

    [Fact]
    public async Task A_file_with_damage_that_hides_its_rest_is_told_and_fails_the_call()
    {
        File.Copy(Path.Combine(Fixtures, "damaged/bad_length_crc.tfevents"), folder.File("dead.tfevents"));
        var cli = server.Cli;
        Assert.Equal(1, await cli.RunAsync("import", "tfevents", folder.Path));
        Assert.Contains("dead.tfevents is damaged", cli.Error);
    }

    [Fact]
    public async Task Files_without_a_whole_event_make_no_run()
    {
        File.WriteAllText(folder.File("events.out.tfevents.1.host"), "");
        var cli = server.Cli;
        Assert.Equal(1, await cli.RunAsync("import", "tfevents", folder.Path));
        Assert.Contains("there are no events below", cli.Error);
        Assert.Empty(server.Runs);
    }

    [Fact]
    public async Task A_directory_that_is_not_there_and_a_server_that_is_away_are_told()
    {
        var cli = server.Cli;
        Assert.Equal(1, await cli.RunAsync("import", "tfevents", folder.File("missing")));
        Assert.Contains("there is no directory", cli.Error);
        server.Away = 1;
        cli = server.Cli;
        Assert.Equal(1, await cli.RunAsync("import", "tfevents", Path.Combine(Fixtures, "restart_run")));
        Assert.Contains("goes on where it stopped", cli.Error);
        cli = new CliRun();
        Assert.Equal(1, await cli.RunAsync("import", "tfevents", Fixtures));
        Assert.Contains("which server?", cli.Error);
    }

    private async Task<CliRun> ImportAsync(params string[] words)
    {
        var cli = server.Cli;
        var code = await cli.RunAsync(["import", "tfevents", .. words]);
        Assert.True(code == 0, cli.Error);
        return cli;
    }
}
