using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Braid.Gateway.MLflow.Tests.Hosting;

/// <summary>An answer: its status and its JSON.</summary>
internal sealed record Reply(HttpStatusCode Status, JsonNode Json)
{
    public string? ErrorCode => Json["error_code"]?.GetValue<string>();

    public string? Message => Json["message"]?.GetValue<string>();
}

/// <summary>Speaks the protocol plainly.</summary>
internal static class Wire
{
    private const string root = "/api/2.0/mlflow/";

    public static Task<Reply> AskAsync(this HttpClient client, string call) =>
        client.CallAsync(HttpMethod.Get, root + call, null);

    public static Task<Reply> TellAsync(this HttpClient client, string call, string body) =>
        client.CallAsync(HttpMethod.Post, root + call, body);

    public static async Task<Reply> CallAsync(this HttpClient client, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new(response.StatusCode, JsonNode.Parse(text) ?? new JsonObject());
    }

    /// <summary>Makes an experiment; its id.</summary>
    public static async Task<string> ExperimentAsync(this HttpClient client, string name) =>
        (await client.TellAsync("experiments/create", $$"""{"name": "{{name}}"}""")).Json.Text("experiment_id");

    /// <summary>Makes a run in the default experiment; its id.</summary>
    public static async Task<string> RunAsync(this HttpClient client, string more = "") =>
        (await client.TellAsync("runs/create", $$"""{"experiment_id": "0"{{more}}}""")).Json.Text("run.info.run_id");

    /// <summary>The text at a dotted path; numbers in it index lists.</summary>
    public static string Text(this JsonNode json, string path) =>
        json.At(path)?.ToString() ?? throw new InvalidOperationException($"no {path} in {json}");

    public static JsonNode? At(this JsonNode json, string path) =>
        path.Split('.')
            .Aggregate((JsonNode?)json, (node, name) => int.TryParse(name, out var at) ? node?[at] : node?[name]);
}
