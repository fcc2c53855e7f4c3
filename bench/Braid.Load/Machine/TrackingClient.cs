using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Braid.Load.Machine;

/// <summary>Calls the server as ClearML's SDK does: GET with a JSON body.</summary>
internal sealed class TrackingClient(Uri address) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address };

    /// <summary>The id of something that is made.</summary>
    public async Task<string> MakeAsync(string endpoint, string json)
    {
        using var reply = await CallAsync(endpoint, Encoding.UTF8.GetBytes(json));
        return reply.RootElement.GetProperty("data").GetProperty("id").GetString()
            ?? throw new InvalidOperationException($"{endpoint} answers no id");
    }

    /// <summary>The id of the first of those that a call lists.</summary>
    public async Task<string> IdAsync(string endpoint, string json, string list)
    {
        using var reply = await CallAsync(endpoint, Encoding.UTF8.GetBytes(json));
        return reply.RootElement.GetProperty("data").GetProperty(list)[0].GetProperty("id").GetString()
            ?? throw new InvalidOperationException($"{endpoint} lists no id");
    }

    /// <summary>The reply of a call.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task<JsonDocument> CallAsync(string endpoint, ReadOnlyMemory<byte> body) =>
        JsonDocument.Parse(await SendAsync(endpoint, body));

    /// <summary>Calls and looks at nothing but whether it was refused; the length of the reply.</summary>
    public async Task<int> SendOnlyAsync(string endpoint, ReadOnlyMemory<byte> body) =>
        (await SendAsync(endpoint, body)).Length;

    public void Dispose() => http.Dispose();

    private async Task<byte[]> SendAsync(string endpoint, ReadOnlyMemory<byte> body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v2.23/{endpoint}");
        request.Content = new ReadOnlyMemoryContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await http.SendAsync(request);
        var reply = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode
            ? reply
            : throw new InvalidOperationException($"{endpoint}: {Encoding.UTF8.GetString(reply)}");
    }
}
