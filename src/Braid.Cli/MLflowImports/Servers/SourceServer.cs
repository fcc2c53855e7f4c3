using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Client.Backends.Http;

namespace Braid.Cli.MLflowImports.Servers;

/// <summary>
/// Asks a running MLflow server. It gets the credentials that its address holds and no others: the variables of MLflow's clients hold
/// those of the server that takes the import.
/// </summary>
internal sealed class SourceServer : IDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromMinutes(10) };
    private readonly string address;

    /// <param name="address">It may hold a user and a password.</param>
    public SourceServer(string address)
    {
        var uri = new Uri(address);
        this.address = ServerAddress.Of(uri).TrimEnd('/');
        http.DefaultRequestHeaders.Authorization = ServerAddress.CredentialsOf(uri);
    }

    /// <summary>Asks for what a path and query name; null when there is no such thing (or the server knows no such call).</summary>
    /// <exception cref="Failure">The server refused.</exception>
    public async Task<JsonObject?> GetAsync(string path, CancellationToken ct)
    {
        using var response = await SendAsync(new(HttpMethod.Get, Address(path)), ct);
        return await ReadAsync(response, ct);
    }

    /// <inheritdoc cref="GetAsync"/>
    public async Task<JsonObject?> PostAsync(string path, JsonObject body, CancellationToken ct)
    {
        var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await SendAsync(new(HttpMethod.Post, Address(path)) { Content = content }, ct);
        return await ReadAsync(response, ct);
    }

    /// <summary>The bytes behind a path.</summary>
    /// <exception cref="Failure">The server refused.</exception>
    public async Task<Stream> OpenAsync(string path, CancellationToken ct)
    {
        var response = await SendAsync(new(HttpMethod.Get, Address(path)), ct);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsStreamAsync(ct)
            : throw await RefusedAsync(response, ct);
    }

    public void Dispose() => http.Dispose();

    private string Address(string path) => $"{address}/{path}";

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException error)
        {
            throw new Failure($"cannot reach {address}: {error.Message}");
        }
    }

    private static async Task<JsonObject?> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        if (!response.IsSuccessStatusCode)
        {
            throw await RefusedAsync(response, ct);
        }

        var text = await response.Content.ReadAsStreamAsync(ct);
        return await JsonNode.ParseAsync(text, cancellationToken: ct) as JsonObject
            ?? throw new Failure(
                $"{response.RequestMessage?.RequestUri} answered with something else than MLflow does"
            );
    }

    private static async Task<Failure> RefusedAsync(HttpResponseMessage response, CancellationToken ct)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(ct);
            return new($"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {text}");
        }
    }
}
