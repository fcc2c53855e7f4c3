using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Tracking;

namespace Braid.Cli.MLflowImports;

/// <summary>The server that takes runs over, asked through its MLflow door in the name of an administrator.</summary>
internal sealed class ImportTarget : IDisposable
{
    private static readonly RestDoors doors = new(
        "MLFLOW_TRACKING_URI",
        "Name the server's folder (--data DIR, or BRAID_DATA), or set MLFLOW_TRACKING_URI and its "
            + "credentials (braid env prints them)"
    );

    private readonly HttpClient http = new(
        new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(10) }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
    private readonly string address;

    private ImportTarget(string address, AuthenticationHeaderValue? keys)
    {
        this.address = address.TrimEnd('/');
        http.DefaultRequestHeaders.Authorization = keys;
    }

    /// <inheritdoc cref="RestDoors.Find"/>
    public static ImportTarget Find(Surroundings world, string? folder) =>
        doors.Find(
            world,
            folder,
            uri => new ImportTarget(uri, RestDoors.MLflowKeys(world)),
            server => new(server.MLflow, RestDoors.Keys(server.AccessKey, server.SecretKey))
        );

    /// <summary>Asks for a path, <c>/api/2.0/...</c>; null when there is no such thing.</summary>
    /// <exception cref="Refused">The server refused.</exception>
    public async Task<JsonObject?> GetAsync(string path, CancellationToken ct)
    {
        using var response = await SendAsync(new(HttpMethod.Get, address + path), ct);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(response, ct);
    }

    /// <exception cref="Refused">The server refused.</exception>
    public Task<JsonObject> PostAsync(string path, JsonObject body, CancellationToken ct) =>
        PostAsync(path, Encoding.UTF8.GetBytes(body.ToJsonString()), ct);

    /// <exception cref="Refused">The server refused.</exception>
    public async Task<JsonObject> PostAsync(string path, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new("application/json");
        using var response = await SendAsync(new(HttpMethod.Post, address + path) { Content = content }, ct);
        return await ReadAsync(response, ct);
    }

    /// <summary>Stores the bytes at a path.</summary>
    /// <exception cref="Refused">The server refused.</exception>
    public async Task PutAsync(string path, Stream content, CancellationToken ct)
    {
        using var response = await SendAsync(
            new(HttpMethod.Put, address + path) { Content = new StreamContent(content, 1 << 20) },
            ct
        );
        await ReadAsync(response, ct);
    }

    /// <summary>The bytes at a path; null when there are none.</summary>
    /// <exception cref="Refused">The server refused.</exception>
    public async Task<HttpResponseMessage?> OpenAsync(string path, CancellationToken ct)
    {
        var response = await SendAsync(new(HttpMethod.Get, address + path), ct);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            return response.StatusCode == HttpStatusCode.NotFound ? null : throw await RefusedAsync(response, ct);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException error)
        {
            throw new Failure(
                $"cannot reach {address}: {error.Message}; the import goes on where it was when it is called again"
            );
        }
    }

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw await RefusedAsync(response, ct);
        }

        var text = await response.Content.ReadAsStringAsync(ct);
        return JsonNode.Parse(text) as JsonObject ?? throw new Failure($"the server answered with {text}");
    }

    private static async Task<Exception> RefusedAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        var message = isJson ? (JsonNode.Parse(text) as JsonObject)?["message"]?.ToString() ?? text : text;
        if (!isJson || response.StatusCode == HttpStatusCode.MethodNotAllowed)
        {
            return new Failure(
                $"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: is that a Braid server?"
            );
        }

        // Whom the server does not let in, it will not let in for the next run either.
        return response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? new Failure($"importing takes an administrator's keys: {message}")
            : new Refused(message);
    }
}

/// <summary>The server does not take one thing; the import goes on with the others.</summary>
internal sealed class Refused(string message) : Exception(message);
