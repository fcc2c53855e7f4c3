using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Access.Credentials;

namespace Braid.Gateway.ClearML.Tests.Hosting;

/// <summary>Calls the API the way the SDK does: GET with a JSON body.</summary>
internal sealed class ApiClient(Uri address) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address };

    public Uri Address => address;

    /// <summary>Calls from now on carry these keys.</summary>
    public void Use(KeyPair keys) =>
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{keys.AccessKey}:{keys.SecretKey}"))
        );

    /// <summary>Calls from now on carry this token.</summary>
    public void Use(string token) =>
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

    public async Task<ApiReply> CallAsync(string endpoint, string json = "{}", string version = "2.23")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v{version}/{endpoint}");
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return await SendAsync(request);
    }

    /// <summary>The data of a call that must succeed.</summary>
    public async Task<JsonObject> DataAsync(string endpoint, string json = "{}", string version = "2.23")
    {
        var reply = await CallAsync(endpoint, json, version);
        Assert.True(reply.Code == 200, $"{endpoint}: {reply.Code}/{reply.Subcode} {reply.Message}");
        return reply.Data;
    }

    public async Task<ApiReply> SendAsync(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request);
        return await ApiReply.ReadAsync(response);
    }

    public void Dispose() => http.Dispose();
}
