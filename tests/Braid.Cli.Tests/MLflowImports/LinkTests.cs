using System.Net;
using Braid.Gateway.MLflow.Tests.Hosting;
using Braid.Testing;

namespace Braid.Cli.Tests.MLflowImports;

/// <summary>Sources in which folders are symbolic links to what is elsewhere on this machine.</summary>
public sealed class LinkTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private MLflowServer server = null!; // set before each test

    public async Task InitializeAsync() => server = await MLflowServer.StartAsync();

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData("params")]
    [InlineData("tags")]
    [InlineData("metrics")]
    [InlineData("artifacts")]
    [InlineData("inputs")]
    [InlineData("outputs")]
    public async Task A_part_of_a_run_that_is_a_link_is_not_read(string part)
    {
        var from = await MLflowSources.UnpackAsync("mlruns-3.3", folder.Path);
        var link = Path.Combine(FirstRun(from), part);
        Replace(link);

        var cli = await ImportAsync(1, from);

        Assert.Contains($"{link} is a link: it is not followed", cli.Error);
    }

    [Fact]
    public async Task Files_behind_a_link_do_not_arrive()
    {
        var from = await MLflowSources.UnpackAsync("mlruns-3.3", folder.Path);
        var run = FirstRun(from);
        Replace(Path.Combine(run, "artifacts"));

        await ImportAsync(1, from);

        var id = Path.GetFileName(run);
        using var found = await server.Client.GetAsync(
            new Uri($"/api/2.0/mlflow/runs/get?run_id={id}", UriKind.Relative)
        );
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        using var file = await server.Client.GetAsync(
            new Uri($"/get-artifact?run_id={id}&path=model/sub/%C3%BC%20b.bin", UriKind.Relative)
        );
        Assert.Equal(HttpStatusCode.NotFound, file.StatusCode);
    }

    [Theory]
    [InlineData("models")]
    [InlineData(".trash")]
    public async Task Folders_of_the_store_that_are_links_are_told(string part)
    {
        var from = await MLflowSources.UnpackAsync("mlruns-3.3", folder.Path);
        var link = Path.Combine(from, part);
        Replace(link);

        var cli = await ImportAsync(1, from);

        Assert.Contains($"{link} is a link: it is not followed", cli.Error);
    }

    [Fact]
    public async Task Datasets_and_models_behind_a_link_are_not_read()
    {
        var from = await MLflowSources.UnpackAsync("mlruns-3.3", folder.Path);
        var experiment = Path.GetDirectoryName(FirstRun(from))!;
        string[] links = [Path.Combine(experiment, "datasets"), Path.Combine(experiment, "models")];
        Array.ForEach(links, Replace);

        var cli = await ImportAsync(1, from);

        Assert.All(links, link => Assert.Contains($"{link} is a link: it is not followed", cli.Error));
    }

    [Fact]
    public async Task Artifacts_behind_a_link_further_up_are_not_read()
    {
        var from = await MLflowSources.UnpackAsync("database-3.3", folder.Path);
        var link = Directory.EnumerateDirectories(folder.File("mlartifacts")).First();
        Replace(link);

        var cli = await ImportAsync(1, from);

        Assert.Contains($"{link} is a link: it is not followed", cli.Error);
        Assert.Contains(cli.Out.Split('\n'), line => Columns(line) is ["artifacts", "0", "0"]);
    }

    [Fact]
    public async Task A_store_may_be_named_by_a_link()
    {
        var from = await MLflowSources.UnpackAsync("mlruns-3.3", folder.Path);
        var link = folder.File("named");
        Directory.CreateSymbolicLink(link, from);

        var cli = await ImportAsync(0, link);

        Assert.Contains(cli.Out.Split('\n'), line => Columns(line) is ["artifacts", "9", "9"]);
    }

    private async Task<CliRun> ImportAsync(int code, string from)
    {
        var cli = new CliRun().With("MLFLOW_TRACKING_URI", server.Client.BaseAddress!.ToString());
        Assert.True(await cli.RunAsync("import", "mlflow", "--from", from) == code, cli.Error + cli.Out);
        return cli;
    }

    /// <summary>Moves a folder away, or makes it there, and leaves a link in its place.</summary>
    private void Replace(string path)
    {
        var away = Path.Combine(folder.Path, $"away-{Path.GetFileName(path)}");
        if (Directory.Exists(path))
        {
            Directory.Move(path, away);
        }
        else
        {
            Directory.CreateDirectory(away);
        }

        Directory.CreateSymbolicLink(path, away);
    }

    private static string FirstRun(string from)
    {
        var metric = Directory
            .EnumerateFiles(from, "loss", SearchOption.AllDirectories)
            .First(file => File.ReadAllLines(file).Length > 100);
        return Path.GetDirectoryName(Path.GetDirectoryName(metric))!;
    }

    private static string[] Columns(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
