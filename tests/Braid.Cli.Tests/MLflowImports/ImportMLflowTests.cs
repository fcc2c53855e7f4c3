using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Gateway.MLflow.Tests.Hosting;
using Braid.Testing;

namespace Braid.Cli.Tests.MLflowImports;

/// <summary>What MLflow 2.22 and 3.3 wrote, and what 3.3's server answers, imported into a server and read back through MLflow's API.</summary>
public sealed class ImportMLflowTests : IAsyncLifetime
{
    private const string api = "/api/2.0/mlflow";

    private readonly TempFolder folder = new();
    private MLflowServer server = null!; // set before each test

    public async Task InitializeAsync() => server = await MLflowServer.StartAsync();

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData("mlruns-3.3")]
    [InlineData("database-2.22")]
    [InlineData("database-3.3")]
    [InlineData("server-3.3")]
    public async Task Runs_keep_their_ids_times_states_points_and_params(string source)
    {
        await ImportAsync(source);

        var runs = await RunsAsync("vision");
        Assert.Equal(
            ["child FAILED active", "deleted KILLED deleted", "first FINISHED active"],
            runs.Values.Select(run => $"{Of(run, "run_name")} {Of(run, "status")} {Of(run, "lifecycle_stage")}").Order()
        );
        var first = runs.Values.Single(run => Of(run, "run_name") == "first");
        Assert.Equal(("1700000000123", "1700000010456"), (Of(first, "start_time"), Of(first, "end_time")));
        Assert.Equal("ada", Of(first, "user_id"));
        var id = Of(first, "run_id");
        var loss = await HistoryAsync(id, "loss");
        Assert.Equal(301, loss.Count);
        Assert.Equal("NaN", loss[^1]["value"]!.ToString());
        Assert.Equal(1700000001000 + 2990, loss[299]["timestamp"]!.GetValue<long>());
        var accuracy = await HistoryAsync(id, "val/acc");
        Assert.Equal([0.5, double.MaxValue], accuracy.Select(point => point["value"]!.GetValue<double>()));
        Assert.Equal(-3, Assert.Single(await HistoryAsync(id, "neg step"))["step"]!.GetValue<long>());
        var parameters = first["data"]!["params"]!
            .AsArray()
            .ToDictionary(one => $"{one!["key"]}", one => $"{one!["value"]}");
        Assert.Equal(["group/deep", "long", "lr"], parameters.Keys.Order());
        Assert.Equal((new string('x', 5000), "ü"), (parameters["long"], parameters["group/deep"]));
    }

    [Theory]
    [InlineData("mlruns-3.3")]
    [InlineData("database-2.22")]
    [InlineData("database-3.3")]
    [InlineData("server-3.3")]
    public async Task Tags_parents_datasets_and_files_come_along(string source)
    {
        await ImportAsync(source);

        var runs = (await RunsAsync("vision")).Values;
        var first = runs.Single(run => Of(run, "run_name") == "first");
        var child = runs.Single(run => Of(run, "run_name") == "child");
        Assert.Equal(Of(first, "run_id"), Tags(child)["mlflow.parentRunId"]);
        Assert.Equal(("a note", "v"), (Tags(first)["mlflow.note.content"], Tags(first)["k"]));
        var dataset = first["inputs"]!["dataset_inputs"]![0]!;
        Assert.Equal("abc123", dataset["dataset"]!["digest"]!.ToString());
        Assert.Equal("training", dataset["tags"]![0]!["value"]!.ToString());
        var file = await server.Client.GetByteArrayAsync(
            new Uri($"/get-artifact?run_id={Of(first, "run_id")}&path=model/sub/%C3%BC%20b.bin", UriKind.Relative)
        );
        Assert.Equal(Enumerable.Range(0, 2048).Select(at => (byte)at), file);
    }

    [Theory]
    [InlineData("mlruns-3.3", "1 Production,3 Staging,4 None")]
    [InlineData("database-2.22", "1 Production,3 Staging")]
    [InlineData("database-3.3", "1 Production,3 Staging,4 None")]
    [InlineData("server-3.3", "1 Production,3 Staging,4 None")]
    public async Task The_registry_keeps_numbers_stages_aliases_and_finds_its_files(string source, string versions)
    {
        await ImportAsync(source);

        var model = (await GetAsync("registered-models/get?name=net"))["registered_model"]!;
        Assert.Equal("the net", model["description"]!.ToString());
        Assert.Equal("ada", model["tags"]![0]!["value"]!.ToString());
        var found = (await GetAsync("model-versions/search?max_results=100&filter=name%3D'net'"))[
            "model_versions"
        ]!.AsArray();
        Assert.Equal(
            versions,
            string.Join(',', found.Select(one => $"{one!["version"]} {one["current_stage"]}").Order())
        );
        var champion = (await GetAsync("registered-models/alias?name=net&alias=champion"))["model_version"]!;
        Assert.Equal(("3", "d2"), (champion["version"]!.ToString(), champion["description"]!.ToString()));
        foreach (var version in found)
        {
            Assert.StartsWith("mlflow-artifacts:/", version!["source"]!.ToString());
            var path = $"/model-versions/get-artifact?name=net&version={version["version"]}&path=a.txt";
            Assert.Equal("hello", await server.Client.GetStringAsync(new Uri(path, UriKind.Relative)));
        }

        Assert.NotNull((await GetAsync("registered-models/get?name=lonely"))["registered_model"]);
    }

    [Theory]
    [InlineData("mlruns-3.3")]
    [InlineData("database-3.3")]
    [InlineData("server-3.3")]
    public async Task Logged_models_keep_their_ids_and_links(string source)
    {
        await ImportAsync(source);

        var first = (await RunsAsync("vision")).Values.Single(run => Of(run, "run_name") == "first");
        var link = first["outputs"]!["model_outputs"]![0]!;
        Assert.Equal("7", link["step"]!.ToString());
        var model = (await GetAsync($"logged-models/{link["model_id"]}"))["model"]!;
        Assert.Equal(("net", "LOGGED_MODEL_READY"), (Of(model, "name"), Of(model, "status")));
        Assert.Equal("0.75", model["data"]!["metrics"]![0]!["value"]!.ToString());
    }

    [Theory]
    [InlineData("mlruns-3.3")]
    [InlineData("database-3.3")]
    [InlineData("server-3.3")]
    public async Task An_import_that_is_repeated_brings_nothing_twice(string source)
    {
        var first = await ImportAsync(source);

        var again = await ImportAsync(source);

        Assert.Equal(Totals(first), Totals(again));
        var counts = again
            .Out.Split('\n')
            .Where(line => Columns(line) is [.., var total, var isNew] && Digit(total) && Digit(isNew));
        Assert.Equal(10, counts.Count());
        Assert.All(counts, line => Assert.Equal("0", Columns(line)[^1]));
        Assert.Equal(3, (await RunsAsync("vision")).Count);
    }

    [Fact]
    public async Task What_is_new_in_the_source_is_added_by_another_import()
    {
        var from = await MLflowSources.UnpackAsync("mlruns-3.3", folder.Path);
        Assert.Equal(0, await Cli().RunAsync("import", "mlflow", "--from", from));
        var metric = Directory
            .EnumerateFiles(from, "loss", SearchOption.AllDirectories)
            .First(file => Lines(file) > 100);
        await File.AppendAllTextAsync(metric, "1700000099000 0.25 400\n1700000099000 0.25 400\n");
        var run = Path.GetDirectoryName(Path.GetDirectoryName(metric))!;
        await File.WriteAllTextAsync(Path.Combine(run, "params", "new"), "1");
        await File.WriteAllTextAsync(Path.Combine(run, "artifacts", "new.txt"), "new");

        var cli = Cli();
        Assert.Equal(0, await cli.RunAsync("import", "mlflow", "--from", from));

        Assert.Equal(302, (await HistoryAsync(Path.GetFileName(run), "loss")).Count);
        Assert.Contains(cli.Out.Split('\n'), line => Columns(line) is ["artifacts", _, "1"]);
    }

    [Fact]
    public async Task A_damaged_metric_is_told_and_the_other_runs_are_taken()
    {
        var from = await MLflowSources.UnpackAsync("mlruns-3.3", folder.Path);
        var metric = Directory
            .EnumerateFiles(from, "loss", SearchOption.AllDirectories)
            .First(file => Lines(file) > 100);
        await File.AppendAllTextAsync(metric, "17000\n");

        var cli = Cli();
        Assert.Equal(1, await cli.RunAsync("import", "mlflow", "--from", from));

        Assert.Contains($"{metric}: line 302 is damaged: 17000", cli.Error);
        Assert.Contains(cli.Out.Split('\n'), line => Columns(line) is ["runs", "4", "4"]);
        Assert.Contains(cli.Out.Split('\n'), line => Columns(line) is ["not", "taken", "1"]);
    }

    [Fact]
    public async Task Files_of_others_are_not_read_whatever_the_source_says()
    {
        var from = await MLflowSources.UnpackAsync("mlruns-3.3", folder.Path);
        var child =
            Directory.EnumerateDirectories(from, "mlflow.parentRunId", SearchOption.AllDirectories).FirstOrDefault()
            ?? Path.GetDirectoryName(
                Directory.EnumerateFiles(from, "mlflow.parentRunId", SearchOption.AllDirectories).Single()
            )!;
        var run = Path.GetDirectoryName(child)!;
        var meta = await File.ReadAllTextAsync(Path.Combine(run, "meta.yaml"));
        var lines = meta.Split('\n')
            .Select(line =>
                line.StartsWith("artifact_uri", StringComparison.Ordinal) ? "artifact_uri: file:///etc" : line
            );
        await File.WriteAllTextAsync(Path.Combine(run, "meta.yaml"), string.Join('\n', lines));
        Directory.Delete(Path.Combine(run, "artifacts"), recursive: true);

        var cli = Cli();
        Assert.Equal(1, await cli.RunAsync("import", "mlflow", "--from", from));

        Assert.Contains("said to be in /etc, which is no folder of its own", cli.Error);
    }

    [Theory]
    [InlineData("not a database at all, but long enough to look like one", "file is not a database")]
    [InlineData("", "it has no table experiments")]
    public async Task A_file_that_is_no_database_of_MLflows_is_refused(string content, string reason)
    {
        var path = folder.File("mlflow.db");
        await File.WriteAllBytesAsync(path, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(content, 40))));

        var cli = Cli();
        Assert.Equal(1, await cli.RunAsync("import", "mlflow", "--from", $"sqlite:///{path}"));

        Assert.Contains(reason, cli.Error);
    }

    [Fact]
    public async Task A_database_with_flipped_bytes_is_refused_and_nothing_crashes()
    {
        var random = new Random(7);
        await MLflowSources.UnpackAsync("database-2.22", folder.Path);
        var path = folder.File("mlflow.db");
        var whole = await File.ReadAllBytesAsync(path);
        for (var round = 0; round < 20; round++)
        {
            var damaged = whole.ToArray();
            for (var flips = 0; flips < 400; flips++)
            {
                damaged[random.Next(100, damaged.Length)] ^= (byte)random.Next(1, 256);
            }

            await File.WriteAllBytesAsync(path, damaged);
            var cli = Cli();
            var code = await cli.RunAsync("import", "mlflow", "--from", $"sqlite:///{path}");
            Assert.True(code is 0 or 1, cli.Error);
        }
    }

    [Theory]
    [InlineData("postgresql://me@db/mlflow", "start mlflow server --backend-store-uri postgresql://me@db/mlflow")]
    [InlineData("/nowhere/mlruns", "there is no /nowhere/mlruns")]
    public async Task Other_sources_are_refused_with_a_way_out(string from, string reason)
    {
        var cli = Cli();
        Assert.Equal(1, await cli.RunAsync("import", "mlflow", "--from", from));
        Assert.Contains(reason, cli.Error);
    }

    [Fact]
    public async Task Only_administrators_import()
    {
        await using var closed = await MLflowServer.StartAsync(open: false);
        var from = await MLflowSources.UnpackAsync("mlruns-3.3", folder.Path);
        var cli = new CliRun().With("MLFLOW_TRACKING_URI", closed.Client.BaseAddress!.ToString());

        Assert.Equal(1, await cli.RunAsync("import", "mlflow", "--from", from));

        Assert.Contains("importing takes an administrator's keys", cli.Error);
    }

    [Fact]
    public async Task A_running_server_is_imported_over_REST()
    {
        await ImportAsync("database-3.3");
        var there = server;
        server = await MLflowServer.StartAsync();
        try
        {
            var cli = Cli();
            Assert.Equal(0, await cli.RunAsync("import", "mlflow", "--from", there.Client.BaseAddress!.ToString()));

            Assert.DoesNotContain("not taken", cli.Error);
            var first = (await RunsAsync("vision")).Values.Single(run => Of(run, "run_name") == "first");
            Assert.Equal(301, (await HistoryAsync(Of(first, "run_id"), "loss")).Count);
            Assert.Contains(cli.Out.Split('\n'), line => Columns(line) is ["versions", "3", "3"]);
            Assert.Contains(cli.Out.Split('\n'), line => Columns(line) is ["artifacts", "9", "9"]);
        }
        finally
        {
            await there.DisposeAsync();
        }
    }

    private CliRun Cli() => new CliRun().With("MLFLOW_TRACKING_URI", server.Client.BaseAddress!.ToString());

    private async Task<CliRun> ImportAsync(string source)
    {
        await using var recorded = source.StartsWith("server", StringComparison.Ordinal)
            ? RecordedServer.Start(source)
            : null;
        var from = recorded?.Address ?? await MLflowSources.UnpackAsync(source, folder.File(source));
        var cli = Cli();
        Assert.True(await cli.RunAsync("import", "mlflow", "--from", from) == 0, cli.Error + cli.Out);
        return cli;
    }

    private async Task<Dictionary<string, JsonNode>> RunsAsync(string experiment)
    {
        var found = await GetAsync($"experiments/get-by-name?experiment_name={experiment}");
        var id = found["experiment"]!["experiment_id"]!.ToString();
        var body = new JsonObject { ["experiment_ids"] = new JsonArray(id), ["run_view_type"] = "ALL" };
        using var response = await server.Client.PostAsJsonAsync(new Uri($"{api}/runs/search", UriKind.Relative), body);
        var runs = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["runs"]!.AsArray();
        return runs.ToDictionary(run => Of(run!, "run_id"), run => run!);
    }

    private async Task<IReadOnlyList<JsonNode>> HistoryAsync(string run, string key)
    {
        var history = await GetAsync($"metrics/get-history?run_id={run}&metric_key={Uri.EscapeDataString(key)}");
        return [.. history["metrics"]!.AsArray().Select(point => point!)];
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        var text = await server.Client.GetStringAsync(new Uri($"{api}/{path}", UriKind.Relative));
        return JsonNode.Parse(text)!;
    }

    private static string Of(JsonNode thing, string field) => thing["info"]![field]!.ToString();

    private static Dictionary<string, string> Tags(JsonNode run) =>
        run["data"]!["tags"]!.AsArray().ToDictionary(tag => $"{tag!["key"]}", tag => $"{tag!["value"]}");

    private static int Lines(string file) => File.ReadAllLines(file).Length;

    private static bool Digit(string word) => char.IsAsciiDigit(word[0]);

    private static string[] Columns(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Totals(CliRun cli) =>
        cli.Out.Split('\n').Select(line => string.Join(' ', Columns(line).Take(2)));
}
