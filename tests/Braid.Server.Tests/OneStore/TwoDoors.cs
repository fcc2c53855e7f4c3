using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Braid.Server.Tests.OneStore;

/// <summary>A server that is asked through MLflow's door and through ClearML's.</summary>
internal sealed class TwoDoors : IAsyncDisposable
{
    private readonly RunningServer server;

    private TwoDoors(RunningServer server) => this.server = server;

    public static async Task<TwoDoors> OpenAsync() => new(await RunningServer.StartAsync(auth: false));

    public Task<JsonNode> MLflowAsync(string call, string? body = null) =>
        SendAsync($"{server.Url("mlflow")}/api/2.0/mlflow/{call}", body, credentials: false);

    public async Task<JsonNode> ClearMLAsync(string call, string body) =>
        (await SendAsync($"{server.Url("clearml")}/{call}", body, credentials: true))["data"]!;

    public Task PutArtifactAsync(string path, string content) =>
        server.Http.PutAsync(
            new Uri($"{server.Url("mlflow")}/api/2.0/mlflow-artifacts/artifacts/{path}"),
            new StringContent(content)
        );

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    private async Task<JsonNode> SendAsync(string url, string? body, bool credentials)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, url);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (credentials)
        {
            var keys = server.Administrator();
            var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{keys.AccessKey}:{keys.SecretKey}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", pair);
        }

        using var response = await server.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{url}: {text}");
        return JsonNode.Parse(text)!;
    }
}
