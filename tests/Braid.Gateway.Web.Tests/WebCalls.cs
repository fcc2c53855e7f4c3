using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Braid.Gateway.Web.Tests;

/// <summary>Asking as pages ask.</summary>
internal static class WebCalls
{
    public static async Task<JsonObject> OkAsync(this WebHost host, string method, string path, string? body = null)
    {
        var (status, answer) = await host.SendAsync(method, path, body);
        Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
        return answer;
    }

    public static async Task<(HttpStatusCode Status, JsonObject Answer)> SendAsync(
        this WebHost host,
        string method,
        string path,
        string? body = null
    )
    {
        using var request = new HttpRequestMessage(new(method), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await host.Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonObject>() ?? []);
    }
}
