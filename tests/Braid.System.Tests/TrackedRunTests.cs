using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Testing;

namespace Braid.System.Tests;

/// <summary>Programs under <c>braid run</c>, read back through the doors of the whole server.</summary>
public sealed class TrackedRunTests : IAsyncLifetime
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
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task One_run_is_read_back_through_all_protocols()
    {
        await InRepositoryAsync();
        File.Copy(Fixture("events.out.tfevents.1700003000.tracelet-fixture"), folder.File("before.tfevents"));
        var source = Fixture("events.out.tfevents.1700003100.tracelet-fixture");
        var script = $"""
            echo hello; printf ' 10%%\r100%%\n'; echo wrong >&2
            mkdir -p runs/now; cp {source} runs/now/
            test "$MLFLOW_RUN_ID" = "$CLEARML_TASK_ID"
            """;
        var ran = await RunAsync("-P", "lr=0.1", "--project", "p", "--tag", "t", "--", "sh", "-c", script);
        Assert.True(ran.Code == 0, ran.Error);
        Assert.Equal("hello\n 10%\r100%\n", ran.Out);
        Assert.Contains("wrong\n", ran.Error);
        var id = IdIn(ran.Error);

        var task = (await ClearMLAsync("tasks.get_by_id", new() { ["task"] = id }))["task"]!;
        Assert.Equal("completed", task["status"]!.ToString());
        Assert.Equal("sh", task["script"]!["binary"]!.ToString());
        Assert.Contains("+changed", task["script"]!["diff"]!.ToString());
        Assert.Matches("^[0-9a-f]{40}$", task["script"]!["version_num"]!.ToString());
        Assert.Contains("HOME=", task["configuration"]!["Environment"]!["value"]!.ToString());

        var log = await ClearMLAsync("events.get_task_log", new() { ["task"] = id, ["order"] = "asc" });
        var lines = log["events"]!.AsArray().Select(line => line!["msg"]!.ToString()).ToList();
        Assert.Equal(["100%", "hello", "wrong"], lines.Order(StringComparer.Ordinal));

        var run = await MLflowAsync($"runs/get?run_id={id}");
        Assert.Equal("FINISHED", run["run"]!["info"]!["status"]!.ToString());
        var parameters = run["run"]!["data"]!["params"]!.AsArray();
        Assert.Contains(parameters, one => one!["key"]!.ToString() == "lr" && one["value"]!.ToString() == "0.1");
        // The file from before is not this program's.
        var metrics = run["run"]!["data"]!["metrics"]!.AsArray().Select(one => one!["key"]!.ToString()).ToList();
        Assert.Contains(metrics, key => !key.StartsWith(':'));
        Assert.Single((await EventFilesAsync(id)));
    }

    [Theory]
    [InlineData("exit 3", 3, "failed", "exit code 3")]
    [InlineData("kill -SEGV $$", 139, "failed", "killed by SIGSEGV")]
    public async Task A_failure_is_told_with_its_cause(string script, int code, string status, string reason)
    {
        var ran = await RunAsync("--", "sh", "-c", script);
        Assert.Equal(code, ran.Code);
        var task = (await ClearMLAsync("tasks.get_by_id", new() { ["task"] = IdIn(ran.Error) }))["task"]!;
        Assert.Equal((status, reason), (task["status"]!.ToString(), task["status_reason"]!.ToString()));
    }

    [Fact]
    public async Task A_program_that_does_not_exist_fails_its_run()
    {
        var ran = await RunAsync("--", "./no-such-program");
        Assert.Equal(1, ran.Code);
        Assert.Contains("cannot start ./no-such-program", ran.Error);
        var task = (await ClearMLAsync("tasks.get_by_id", new() { ["task"] = IdIn(ran.Error) }))["task"]!;
        Assert.Equal("failed", task["status"]!.ToString());
    }

    [Fact]
    public async Task A_signal_is_passed_on_and_the_program_decides()
    {
        using var running = Start(
            "--",
            "sh",
            "-c",
            "trap 'echo bye; exit 4' TERM; echo up; while :; do sleep 0.05; done"
        );
        Assert.Equal("up", await running.StandardOutput.ReadLineAsync());
        using (var kill = Process.Start("kill", ["-TERM", $"{running.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        Assert.Equal("bye", await running.StandardOutput.ReadLineAsync());
        var error = await running.StandardError.ReadToEndAsync();
        await running.WaitForExitAsync();
        Assert.Equal(4, running.ExitCode);
        var task = (await ClearMLAsync("tasks.get_by_id", new() { ["task"] = IdIn(error) }))["task"]!;
        Assert.Equal("stopped", task["status"]!.ToString());
    }

    [Fact]
    public async Task A_run_inside_a_run_is_its_child()
    {
        var braid = Repository.PathOf("artifacts", "publish", "cli", "braid");
        var ran = await RunAsync("--", braid, "run", "--", "true");
        Assert.True(ran.Code == 0, ran.Error);
        var ids = ran.Error.Split('\n').Where(line => line.StartsWith("braid: run ", StringComparison.Ordinal));
        var (outer, inner) = (IdIn(ids.First()), IdIn(ids.ElementAt(1)));
        var task = (await ClearMLAsync("tasks.get_by_id", new() { ["task"] = inner }))["task"]!;
        Assert.Equal(outer, task["parent"]!.ToString());
    }

    private static string Fixture(string name) =>
        Repository.PathOf("tests", "Braid.TensorBoard.Tests", "Data", "tfevents", "restart_run", name);

    private static string IdIn(string error) => error[(error.IndexOf("run ", StringComparison.Ordinal) + 4)..][..32];

    private async Task InRepositoryAsync()
    {
        const string make =
            "git init -q . && echo first > code && git add code"
            + " && git -c user.name=n -c user.email=e commit -qm one && echo changed >> code";
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", make]) { WorkingDirectory = folder.Path })!;
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
    }

    private Process Start(params string[] words)
    {
        var program = Repository.PathOf("artifacts", "publish", "cli", "braid");
        var start = new ProcessStartInfo(program, ["run", "--data", server.Folder, .. words])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        return Process.Start(start)!;
    }

    private async Task<Outcome> RunAsync(params string[] words)
    {
        using var process = Start(words);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    private async Task<JsonNode> ClearMLAsync(string call, JsonObject body)
    {
        using var answer = await http.PostAsJsonAsync($"{server.Endpoint("clearml")}/{call}", body);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!["data"]!;
    }

    private async Task<JsonNode> MLflowAsync(string call) =>
        (await http.GetFromJsonAsync<JsonNode>($"{server.Endpoint("mlflow")}/api/2.0/mlflow/{call}"))!;

    private async Task<JsonArray> EventFilesAsync(string id) =>
        (await http.GetFromJsonAsync<JsonNode>($"{server.Endpoint("web")}/api/runs/{id}/events"))!["files"]!.AsArray();
}
