using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Testing;

namespace Braid.System.Tests;

/// <summary><c>braid models serve</c>: a registered model, from a server to predictions.</summary>
public sealed class ModelServingTests : IAsyncLifetime
{
    private const string module = """
        class Doubles:
            def predict(self, frame):
                return [2 * item for item in frame["a"]]


        def _load_pyfunc(path):
            return Doubles()
        """;

    private const string description = """
        flavors:
          python_function:
            code: code
            env: {virtualenv: python_env.yaml}
            loader_module: doubles
            python_version: 3.11.2
        signature:
          inputs: '[{"type": "long", "name": "a", "required": true}]'
          outputs: null
          params: null
        """;

    private readonly HttpClient http = new();
    private ServerProcess server = null!; // set before each test

    public async Task InitializeAsync()
    {
        server = await ServerProcess.StartAsync("--auth");
        var keys = server.Read("admin.json");
        var pair = Encoding.UTF8.GetBytes($"{keys.GetProperty("access_key")}:{keys.GetProperty("secret_key")}");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(pair));
        http.BaseAddress = new(server.Endpoint("mlflow"));
        await PutAsync("MLmodel", description);
        await PutAsync("code/doubles.py", module);
        await PostAsync("registered-models/create", new() { ["name"] = "doubles" });
        await PostAsync(
            "model-versions/create",
            new() { ["name"] = "doubles", ["source"] = "mlflow-artifacts:/models/doubles" }
        );
        await PostAsync(
            "registered-models/alias",
            new()
            {
                ["name"] = "doubles",
                ["alias"] = "best",
                ["version"] = "1",
            }
        );
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_registered_model_answers_predictions()
    {
        using var serving = BraidProgram.Start(
            new Dictionary<string, string>(),
            "models",
            "serve",
            "-m",
            "models:/doubles@best",
            "--data",
            server.Folder,
            "--port",
            "0",
            "--python",
            "/usr/bin/python3"
        );
        try
        {
            var address = await AddressAsync(serving);
            using var client = new HttpClient { BaseAddress = address };

            Assert.Equal("\n", await client.GetStringAsync(new Uri("/ping", UriKind.Relative)));
            Assert.Equal(
                """{"predictions": [2, 4]}""",
                await AskAsync(client, """{"dataframe_split": {"columns": ["a"], "data": [[1], [2]]}}""")
            );
            var refused = JsonNode.Parse(await AskAsync(client, """{"dataframe_records": [{"b": 1}]}"""))!;
            Assert.EndsWith(
                "Error: Model is missing inputs ['a']. Note that there were extra inputs: ['b'].",
                (string)refused["message"]!,
                StringComparison.Ordinal
            );
        }
        finally
        {
            using var stop = Process.Start("kill", [$"{serving.Id}"]);
            await serving.WaitForExitAsync();
        }

        Assert.Equal(0, serving.ExitCode);
        var said = await serving.StandardError.ReadToEndAsync();
        Assert.Contains("fetched models/doubles: 2 files", said, StringComparison.Ordinal);
        Assert.Contains("all checked by their hashes", said, StringComparison.Ordinal);
        Assert.Contains("the packages that the model names are not installed", said, StringComparison.Ordinal);
    }

    private static async Task<Uri> AddressAsync(Process serving) =>
        await serving.StandardOutput.ReadLineAsync() is { } line
            ? new(line["listening on ".Length..])
            : throw new InvalidOperationException(await serving.StandardError.ReadToEndAsync());

    private static async Task<string> AskAsync(HttpClient client, string json)
    {
        var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/invocations", UriKind.Relative), content);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task PostAsync(string call, JsonObject body)
    {
        using var response = await http.PostAsJsonAsync($"/api/2.0/mlflow/{call}", body);
        response.EnsureSuccessStatusCode();
    }

    private async Task PutAsync(string path, string content)
    {
        using var response = await http.PutAsync(
            new Uri($"/api/2.0/mlflow-artifacts/artifacts/models/doubles/{path}", UriKind.Relative),
            new StringContent(content)
        );
        response.EnsureSuccessStatusCode();
    }
}
