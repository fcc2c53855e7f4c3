using System.Diagnostics;
using System.Text.Json;
using Braid.Gateway.MLflow.Tests.Replay;
using Braid.Testing;

namespace Braid.System.Tests;

/// <summary><c>braid server</c>, started as a script starts <c>mlflow server</c>, and the day of a stock client with it.</summary>
public sealed class MLflowServerTests : IDisposable
{
    private static readonly string[] otherPorts = ["pachyderm", "clearml", "files", "s3", "web"];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("python-2.22")]
    [InlineData("python-3.3")]
    public async Task A_stock_client_has_its_day_and_finds_it_again_after_a_restart(string client)
    {
        var day = Repository.PathOf("tests", "Braid.Gateway.MLflow.Tests", "Recorded", $"{client}.jsonl");
        int before;
        using (var server = await StartAsync())
        {
            using var http = Http();
            await RecordedDay.ReplayAsync(http, day, new Names());
            before = await RunsAsync(http);
            await StopAsync(server);
        }

        Assert.True(before > 0);
        Assert.NotEmpty(Directory.EnumerateFiles(folder.File("artifacts"), "*", SearchOption.AllDirectories));
        Assert.False(File.Exists(folder.File("mlflow.db")));
        using (var server = await StartAsync())
        {
            using var http = Http();
            Assert.Equal(before, await RunsAsync(http));
            await StopAsync(server);
        }
    }

    private async Task<Process> StartAsync()
    {
        var process = BraidProgram.Start(
            new Dictionary<string, string>(),
            [
                "server",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--backend-store-uri",
                $"sqlite:///{folder.File("mlflow.db")}",
                "--artifacts-destination",
                folder.File("artifacts"),
                "--workers",
                "4",
                .. otherPorts.SelectMany(door => new[] { $"--{door}-port", "0" }),
            ]
        );
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "ready")
            {
                return process;
            }
        }

        throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
    }

    private static async Task StopAsync(Process server)
    {
        using var stop = Process.Start("kill", ["-TERM", $"{server.Id}"]);
        await server.WaitForExitAsync();
        Assert.Equal(0, server.ExitCode);
    }

    private HttpClient Http()
    {
        using var doors = JsonDocument.Parse(File.ReadAllText(folder.File("mlflow.braid/endpoints.json")));
        return new() { BaseAddress = new(doors.RootElement.GetProperty("mlflow").GetString()!) };
    }

    private static async Task<int> RunsAsync(HttpClient http)
    {
        using var content = new StringContent(
            """{"experiment_ids": ["0", "1", "2", "3"], "max_results": 1000, "run_view_type": "ALL"}""",
            null,
            "application/json"
        );
        using var response = await http.PostAsync(new Uri("/api/2.0/mlflow/runs/search", UriKind.Relative), content);
        using var answer = JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("runs").GetArrayLength();
    }
}
