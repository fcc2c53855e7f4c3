using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Cli.Tests.MLflowImports;

namespace Braid.System.Tests.Kills;

/// <summary>
/// kill -9 of <c>braid import mlflow</c> at one request after the other, each time into what the calls before left: in the end everything
/// is there, once.
/// </summary>
public sealed class ImportKillTests : IAsyncLifetime
{
    private const string source = "server-3.3";
    private const int step = 3;

    private readonly HttpClient http = new();
    private ServerProcess server = null!; // set before each test

    public async Task InitializeAsync()
    {
        server = await ServerProcess.StartAsync();
        var keys = server.Read("admin.json");
        var pair = Encoding.UTF8.GetBytes($"{keys.GetProperty("access_key")}:{keys.GetProperty("secret_key")}");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(pair));
        http.BaseAddress = new(server.Endpoint("mlflow"));
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task An_import_that_is_killed_and_repeated_loses_and_doubles_nothing()
    {
        await using var whole = RecordedServer.Start(source);
        for (var request = 1; request <= whole.Requests; request += step)
        {
            await KillAtAsync(request);
        }

        var last = await ImportAsync(whole);
        var again = await ImportAsync(whole);

        Assert.True(last.Code == 0, last.Error);
        Assert.Equal(
            ["4", "5", "306", "4", "9", "1", "9", "1", "2", "3"],
            Counts(last.Out).Select(counts => counts.Verified)
        );
        Assert.All(Counts(again.Out), counts => Assert.Equal("0", counts.New));
        await RequireOnceAsync();
    }

    /// <summary>At the request itself, while it is not answered; or some time after its answer, while that is stored.</summary>
    private async Task KillAtAsync(int request)
    {
        await using var killed = RecordedServer.Start(source, request, holds: request % 2 == 0);
        using var program = BraidProgram.Start(
            new Dictionary<string, string>(),
            "import",
            "mlflow",
            "--data",
            server.Folder,
            "--from",
            killed.Address
        );
        await killed.Reached.WaitAsync(TimeSpan.FromSeconds(60));
        program.Kill();
        await program.WaitForExitAsync();
    }

    private Task<Outcome> ImportAsync(RecordedServer from) =>
        BraidProgram.RunAsync(
            new Dictionary<string, string>(),
            "import",
            "mlflow",
            "--data",
            server.Folder,
            "--from",
            from.Address
        );

    private static List<(string Verified, string New)> Counts(string report) =>
        [
            .. report
                .Split('\n')
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words is [.., [>= '0' and <= '9', ..], [>= '0' and <= '9', ..]])
                .Select(words => (words[^2], words[^1])),
        ];

    private async Task RequireOnceAsync()
    {
        var ids = (await AskAsync("experiments/search", new() { ["max_results"] = 100, ["view_type"] = "ALL" }))[
            "experiments"
        ]!
            .AsArray()
            .Select(experiment => experiment!["experiment_id"]!.DeepClone());
        var all = new JsonArray([.. ids]);
        var runs = await AskAsync(
            "runs/search",
            new()
            {
                ["experiment_ids"] = all.DeepClone(),
                ["run_view_type"] = "ALL",
                ["max_results"] = 100,
            }
        );
        Assert.Equal(5, runs["runs"]!.AsArray().Count);
        var first = runs["runs"]!.AsArray().Single(run => run!["info"]!["run_name"]!.ToString() == "first")!;
        Assert.Single(first["inputs"]!["dataset_inputs"]!.AsArray());
        Assert.Single(first["outputs"]!["model_outputs"]!.AsArray());
        var run = first["info"]!["run_id"]!.ToString();
        var history = await GetAsync($"metrics/get-history?run_id={run}&metric_key=loss&max_results=1000");
        Assert.Equal(301, history["metrics"]!.AsArray().Count);
        var models = await AskAsync("logged-models/search", new() { ["experiment_ids"] = all.DeepClone() });
        Assert.Single(models["models"]!.AsArray());
        var versions = await GetAsync("model-versions/search?max_results=100");
        Assert.Equal(3, versions["model_versions"]!.AsArray().Count);
    }

    private async Task<JsonNode> AskAsync(string call, JsonObject body)
    {
        using var response = await http.PostAsJsonAsync($"/api/2.0/mlflow/{call}", body);
        return JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
    }

    private async Task<JsonNode> GetAsync(string call) =>
        JsonNode.Parse(await http.GetStringAsync(new Uri($"/api/2.0/mlflow/{call}", UriKind.Relative)))!;
}
