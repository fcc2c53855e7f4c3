using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Connection;

/// <summary>Asks the server's REST doors, the way each protocol's own client does.</summary>
internal sealed class RestClient : IDisposable
{
    private readonly HttpClient http = new();
    private readonly ServerFolder server;
    private readonly AuthenticationHeaderValue keys;

    public RestClient(ServerFolder server)
    {
        this.server = server;
        keys = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{server.AccessKey}:{server.SecretKey}")));
    }

    /// <summary>A GET of MLflow's API, <c>runs/get?run_id=...</c>; null when there is no such thing.</summary>
    public async Task<JsonNode?> MLflowAsync(string path, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{server.MLflow}/api/2.0/mlflow/{path}");
        request.Headers.Authorization = keys;
        return await SendAsync(request, HttpStatusCode.NotFound, ct);
    }

    /// <summary>A call of ClearML's API with a token that the keys bought; null when there is no such thing.</summary>
    public async Task<JsonNode?> ClearMLAsync(string call, JsonObject body, CancellationToken ct)
    {
        var login = await ClearMLAsync("auth.login", [], keys, ct);
        var token = login?["data"]?["token"]?.GetValue<string>() ?? throw new Failure("auth.login gave no token");
        return (await ClearMLAsync(call, body, new("Bearer", token), ct))?["data"];
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonNode?> ClearMLAsync(
        string call,
        JsonObject body,
        AuthenticationHeaderValue authorization,
        CancellationToken ct
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{server.ClearML}/{call}")
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = authorization;
        return await SendAsync(request, HttpStatusCode.BadRequest, ct);
    }

    /// <param name="request">The request.</param>
    /// <param name="missing">How the protocol says that there is no such thing: MLflow 404, ClearML 400.</param>
    /// <param name="ct">Stops it.</param>
    private async Task<JsonNode?> SendAsync(HttpRequestMessage request, HttpStatusCode missing, CancellationToken ct)
    {
        using var response = await http.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        return response.IsSuccessStatusCode ? JsonNode.Parse(text)
            : response.StatusCode == missing ? null
            : throw new Failure($"{request.RequestUri} answered {(int)response.StatusCode}: {text}");
    }
}
