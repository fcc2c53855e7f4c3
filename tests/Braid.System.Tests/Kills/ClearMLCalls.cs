using System.Net;
using System.Text;
using System.Text.Json;

namespace Braid.System.Tests.Kills;

/// <summary>The calls of ClearML's API and file server that the workloads make.</summary>
internal static class ClearMLCalls
{
    /// <summary>What a call is answered with.</summary>
    public static async Task<JsonElement> CallAsync(ServerProcess server, string endpoint, string json)
    {
        using var client = new HttpClient { BaseAddress = new(server.Endpoint("clearml")) };
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var reply = await client.PostAsync(new Uri($"/v2.23/{endpoint}", UriKind.Relative), body);
        var text = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("data");
    }

    public static async Task<string> IdAsync(ServerProcess server, string endpoint, string json) =>
        (await CallAsync(server, endpoint, json)).GetProperty("id").GetString() ?? "";

    /// <summary>Uploads a file and names it on the task.</summary>
    public static async Task AddArtifactAsync(ServerProcess server, string task, string key, byte[] content)
    {
        var path = $"{task}/artifacts/{key}/{key}";
        using var client = new HttpClient { BaseAddress = new(server.Endpoint("files")) };
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), path, path } };
        using var reply = await client.PostAsync(new Uri("/", UriKind.Relative), form);
        reply.EnsureSuccessStatusCode();
        var address = $"{server.Endpoint("files")}/{path}";
        await CallAsync(
            server,
            "tasks.add_or_update_artifacts",
            $$"""{"task":"{{task}}","artifacts":[{"key":"{{key}}","type":"custom","uri":"{{address}}"}]}"""
        );
    }
}
