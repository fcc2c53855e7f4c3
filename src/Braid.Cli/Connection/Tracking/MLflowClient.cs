using System.Net;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Connection.Tracking;

/// <summary>Asks MLflow's REST API, the way its own clients do.</summary>
internal sealed class MLflowClient : IDisposable
{
    private readonly HttpClient http = new();
    private readonly string server;

    public MLflowClient(ServerFolder server)
    {
        this.server = server.MLflow;
        http.DefaultRequestHeaders.Authorization = RestDoors.Keys(server.AccessKey, server.SecretKey);
    }

    /// <summary>What a path is answered with, <c>runs/get?run_id=...</c>; null when there is no such thing.</summary>
    /// <exception cref="Failure">The server refused.</exception>
    public async Task<JsonNode?> GetAsync(string path, CancellationToken ct)
    {
        using var response = await http.GetAsync(new Uri($"{server}/api/2.0/mlflow/{path}"), ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        return response.IsSuccessStatusCode ? JsonNode.Parse(text)
            : response.StatusCode == HttpStatusCode.NotFound ? null
            : throw new Failure($"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {text}");
    }

    public void Dispose() => http.Dispose();
}
