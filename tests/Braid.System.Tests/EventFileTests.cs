using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Braid.TensorBoard.Writing;
using Braid.Testing;

namespace Braid.System.Tests;

/// <summary>TensorBoard's event files, imported by the program and read back through other protocols' doors.</summary>
public sealed class EventFileTests
{
    private static readonly string fixtures = Repository.PathOf("tests", "Braid.TensorBoard.Tests", "Data", "tfevents");

    [Fact]
    public async Task What_TensorBoard_wrote_is_read_by_the_clients_of_MLflow_and_ClearML()
    {
        await using var server = await ServerProcess.StartAsync();
        var runs = await ImportAsync(server, Path.Combine(fixtures, "tbx_run"));
        Assert.Equal(["compare/a", "compare/b", "tbx_run", "trial_1"], runs.Keys);
        using var doors = new Doors(server);

        var history = await doors.MLflowAsync($"metrics/get-history?run_id={runs["tbx_run"]}&metric_key=loss/train");
        var metrics = history["metrics"]!.AsArray();
        Assert.Equal(Enumerable.Range(0, 10), metrics.Select(metric => (int)metric!["step"]!));
        Assert.Equal(
            Enumerable.Range(0, 10).Select(step => 1_700_000_000_000 + (step * 1000L)),
            metrics.Select(metric => (long)metric!["timestamp"]!)
        );
        Assert.Equal(0.5, (double)metrics[1]!["value"]!);
        var trial = (await doors.MLflowAsync($"runs/get?run_id={runs["trial_1"]}"))["run"]!;
        Assert.Equal(
            (1_700_000_080_000, 1_700_000_080_000),
            ((long)trial["info"]!["start_time"]!, (long)trial["info"]!["end_time"]!)
        );
        Assert.Equal("FINISHED", (string?)trial["info"]!["status"]);
        Assert.Equal(
            ["amp=True", "batch=32", "lr=0.01", "opt=adam"],
            trial["data"]!["params"]!.AsArray().Select(one => $"{one!["key"]}={one["value"]}").Order()
        );

        var task = new JsonObject { ["task"] = runs["tbx_run"] };
        var curves = await doors.ClearMLAsync("events.scalar_metrics_iter_histogram", task);
        Assert.Equal(10, curves["loss"]!["val"]!["x"]!.AsArray().Count);
        var plots = (await doors.ClearMLAsync("events.get_task_plots", task))["plots"]!.AsArray();
        Assert.Equal(
            ["pr/pr", "weights/layer1", "weights/raw"],
            plots.Select(plot => $"{plot!["metric"]}/{plot["variant"]}").Order()
        );
        Assert.All(plots, plot => Assert.NotEmpty(JsonNode.Parse((string)plot!["plot_str"]!)!["data"]!.AsArray()));
        var wanted = new JsonObject
        {
            ["metrics"] = new JsonArray(new JsonObject { ["task"] = runs["tbx_run"] }),
            ["iters"] = 10,
        };
        var images = (await doors.ClearMLAsync("events.debug_images", wanted))["metrics"]![0]!["iterations"]!.AsArray();
        var urls = images
            .SelectMany(one => one!["events"]!.AsArray())
            .Select(image => (string)image!["url"]!)
            .ToArray();
        Assert.Equal(3, urls.Length);
        foreach (var url in urls)
        {
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await doors.GetAsync(url)).Take(4));
        }

        var log = (await doors.ClearMLAsync("events.get_task_log", task))["events"]!.AsArray();
        Assert.Contains("notes, step 1: second", log.Select(line => (string?)line!["msg"]));
    }

    [Fact]
    public async Task A_server_that_is_killed_in_the_middle_of_an_import_has_each_point_once_afterwards()
    {
        const int points = 400_000;
        using var folder = new TempFolder();
        using (var writer = EventFileWriter.Create(folder.Path, TimeProvider.System))
        {
            for (var step = 0; step < points; step++)
            {
                writer.AddScalar("loss", step, step, 1_700_000_000 + step);
            }
        }

        await using var server = await ServerProcess.StartAsync();
        var import = server.BraidAsync("import", "tfevents", folder.Path, "--data", server.Folder);
        using (var doors = new Doors(server))
        {
            await Eventually.IsTrueAsync(
                async () => await doors.FindRunAsync() is { } run && await doors.LastStepAsync(run) > 0,
                "the first points are stored",
                TimeSpan.FromSeconds(60)
            );
        }

        await server.KillAsync();
        await import;
        await server.StartAgainAsync();
        var runs = await ImportAsync(server, folder.Path);
        using var again = new Doors(server);
        var run = Assert.Single(runs).Value;
        var summary = await again.CountAsync(run);
        Assert.Equal((points, points - 1), (summary, await again.LastStepAsync(run)));
        Assert.Equal(runs, await ImportAsync(server, folder.Path));
        Assert.Equal(points, await again.CountAsync(run));
    }

    [Fact]
    public async Task What_the_program_of_a_pipeline_writes_is_in_its_jobs_run_once()
    {
        using var folder = new TempFolder();
        using (var writer = EventFileWriter.Create(folder.File("log"), TimeProvider.System))
        {
            for (var step = 0; step < 100; step++)
            {
                writer.AddScalar("loss", step, step);
            }
        }

        var spec = new JsonObject
        {
            ["pipeline"] = new JsonObject { ["name"] = "train" },
            ["input"] = new JsonObject
            {
                ["pfs"] = new JsonObject { ["repo"] = "events", ["glob"] = "/" },
            },
            ["transform"] = new JsonObject
            {
                ["cmd"] = new JsonArray("sh"),
                ["stdin"] = new JsonArray("mkdir -p /pfs/out/logs/train; cp /pfs/events/* /pfs/out/logs/train/"),
            },
        };
        File.WriteAllText(folder.File("train.json"), spec.ToJsonString());
        await using var server = await ServerProcess.StartAsync();
        await BraidAsync(server, "create", "repo", "events");
        await BraidAsync(server, "create", "pipeline", "-f", folder.File("train.json"));
        await BraidAsync(server, "put", "file", "-r", "events@master:/", "-f", folder.File("log"));
        await BraidAsync(server, "wait", "commit", "train@master");

        using var doors = new Doors(server);
        var run = await doors.FindRunAsync();
        var history = await doors.MLflowAsync($"metrics/get-history?run_id={run}&metric_key=train/loss");
        Assert.Equal(Enumerable.Range(0, 100), history["metrics"]!.AsArray().Select(metric => (int)metric!["step"]!));
    }

    private static async Task BraidAsync(ServerProcess server, params string[] words)
    {
        var ran = await server.BraidAsync(words);
        Assert.True(ran.Code == 0, ran.Error);
    }

    /// <summary>The ids of the runs by their names.</summary>
    private static async Task<SortedDictionary<string, string>> ImportAsync(ServerProcess server, string folder)
    {
        var import = await server.BraidAsync("import", "tfevents", folder, "--data", server.Folder);
        Assert.True(import.Code == 0, import.Error);
        var lines = import.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);
        var words = lines.Select(line => line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries));
        return new(words.ToDictionary(line => line[2], line => line[0]), StringComparer.Ordinal);
    }

    /// <summary>The doors of MLflow, ClearML and the browser, asked as their clients do.</summary>
    private sealed class Doors(ServerProcess server) : IDisposable
    {
        private readonly HttpClient http = new();
        private readonly AuthenticationHeaderValue token = new(
            "Bearer",
            server.Read("admin.json").GetProperty("token").ToString()
        );

        public Task<JsonNode> MLflowAsync(string call) =>
            SendAsync(HttpMethod.Get, $"{server.Endpoint("mlflow")}/api/2.0/mlflow/{call}", null);

        public async Task<JsonNode> ClearMLAsync(string call, JsonObject body) =>
            (await SendAsync(HttpMethod.Post, $"{server.Endpoint("clearml")}/{call}", body))["data"]!;

        public async Task<byte[]> GetAsync(string url)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.Authorization = token;
            using var answer = await http.SendAsync(request);
            return await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        }

        public async Task<string?> FindRunAsync()
        {
            var found = await SendAsync(HttpMethod.Get, $"{server.Endpoint("web")}/api/runs?limit=1", null);
            return (string?)found["runs"]!.AsArray().FirstOrDefault()?["id"];
        }

        public async Task<long> CountAsync(string run) => (long)((await MetricAsync(run))?["count"] ?? 0L);

        /// <summary>Values are their own steps.</summary>
        public async Task<long> LastStepAsync(string run) =>
            (long)double.Parse($"{(await MetricAsync(run))?["last"] ?? 0}", CultureInfo.InvariantCulture);

        public void Dispose() => http.Dispose();

        private async Task<JsonNode?> MetricAsync(string run)
        {
            var shown = await SendAsync(HttpMethod.Get, $"{server.Endpoint("web")}/api/runs/{run}/metrics", null);
            return shown["metrics"]!.AsArray().FirstOrDefault();
        }

        private async Task<JsonNode> SendAsync(HttpMethod method, string url, JsonObject? body)
        {
            using var request = new HttpRequestMessage(method, url);
            request.Headers.Authorization = token;
            request.Content = body is null
                ? null
                : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            return JsonNode.Parse(text)!;
        }
    }
}
