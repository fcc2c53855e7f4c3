using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Braid.Testing;

namespace Braid.System.Tests;

/// <summary>MLflow projects under <c>braid project run</c>, read back as MLflow's clients do.</summary>
public sealed partial class ProjectRunTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly HttpClient http = new();
    private ServerProcess server = null!; // set before each test

    public async Task InitializeAsync()
    {
        server = await ServerProcess.StartAsync();
        var keys = server.Read("admin.json");
        var pair = Encoding.UTF8.GetBytes($"{keys.GetProperty("access_key")}:{keys.GetProperty("secret_key")}");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(pair));
        await File.WriteAllTextAsync(
            folder.File("MLproject"),
            """
            name: digits
            entry_points:
              main:
                parameters:
                  alpha: float
                  note: {default: a b}
                command: "echo {alpha} {note} > seen; echo $MLFLOW_RUN_ID $MLFLOW_EXPERIMENT_ID $MLFLOW_TRACKING_URI; echo"
              broken:
                command: "exit 7"
            """
        );
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_project_is_a_run_with_its_parameters_and_tags()
    {
        var ran = await RunAsync("-P", "alpha=0.5", "-P", "more=x", "--experiment-name", "e", "--run-name", "first");
        Assert.True(ran.Code == 0, ran.Error);
        Assert.EndsWith($"=== Run (ID '{IdIn(ran)}') succeeded ===\n", ran.Error);
        Assert.Equal("0.5 a b\n", await File.ReadAllTextAsync(folder.File("seen")));

        var run = await RunOfAsync(IdIn(ran));
        var info = run["info"]!;
        Assert.Equal(("FINISHED", "first"), (info["status"]!.ToString(), info["run_name"]!.ToString()));
        Assert.Equal($"{IdIn(ran)} {info["experiment_id"]} {server.Endpoint("mlflow")}\n--more x\n", ran.Out);
        var parameters = Pairs(run["data"]!["params"]!);
        Assert.Equal(("0.5", "a b", "x"), (parameters["alpha"], parameters["note"], parameters["more"]));
        var tags = Pairs(run["data"]!["tags"]!);
        Assert.Equal("PROJECT", tags["mlflow.source.type"]);
        Assert.Equal(folder.Path, tags["mlflow.source.name"]);
        Assert.Equal("main", tags["mlflow.project.entryPoint"]);
        Assert.Equal("local", tags["mlflow.project.backend"]);
        Assert.Equal("local", tags["mlflow.project.env"]);
        Assert.Equal(Environment.UserName, tags["mlflow.user"]);

        var again = await RunAsync("-P", "alpha=1", "--experiment-id", info["experiment_id"]!.ToString());
        var second = (await RunOfAsync(IdIn(again)))["info"]!;
        Assert.Equal(
            (info["experiment_id"]!.ToString(), "digits"),
            (second["experiment_id"]!.ToString(), second["run_name"]!.ToString())
        );
    }

    [Fact]
    public async Task A_failed_project_is_a_failed_run_and_exit_code_1()
    {
        var ran = await RunAsync("-e", "broken");
        Assert.Equal(1, ran.Code);
        Assert.EndsWith($"=== Run (ID '{IdIn(ran)}') failed ===\n", ran.Error);
        Assert.Equal("FAILED", (await RunOfAsync(IdIn(ran)))["info"]!["status"]!.ToString());
    }

    private Task<Outcome> RunAsync(params string[] words) =>
        BraidProgram.RunAsync(
            new Dictionary<string, string>(),
            ["project", "run", folder.Path, "--data", server.Folder, .. words]
        );

    private async Task<JsonNode> RunOfAsync(string id) =>
        (await http.GetFromJsonAsync<JsonNode>($"{server.Endpoint("mlflow")}/api/2.0/mlflow/runs/get?run_id={id}"))![
            "run"
        ]!;

    private static Dictionary<string, string> Pairs(JsonNode list) =>
        list.AsArray().ToDictionary(one => one!["key"]!.ToString(), one => one!["value"]!.ToString());

    private static string IdIn(Outcome ran) => Id().Match(ran.Error).Groups["id"].Value;

    [GeneratedRegex(@"=== Run \(ID '(?<id>[0-9a-f]{32})'\)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
