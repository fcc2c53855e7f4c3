using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Connection.Tracking;

/// <summary>Calls of MLflow's API, and the web door's calls for event files.</summary>
internal sealed class TrackingClient(TrackingAddress server) : IDisposable
{
    private readonly HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Sends a call of MLflow's API, <c>runs/create</c>.</summary>
    /// <exception cref="Failure">The server refused, in its own words.</exception>
    /// <exception cref="ServerAwayException">It did not answer.</exception>
    public async Task<JsonObject> MLflowAsync(string call, JsonObject body, CancellationToken ct)
    {
        var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        var (status, json) = await SendAsync(HttpMethod.Post, $"{server.MLflow}/api/2.0/mlflow/{call}", content, ct);
        return Good(call, status, json);
    }

    /// <summary>Asks a call of MLflow's API; null when there is no such thing.</summary>
    /// <inheritdoc cref="MLflowAsync"/>
    public async Task<JsonObject?> FindMLflowAsync(string call, CancellationToken ct)
    {
        var (status, json) = await SendAsync(HttpMethod.Get, $"{server.MLflow}/api/2.0/mlflow/{call}", null, ct);
        return status == HttpStatusCode.NotFound ? null : Good(call, status, json);
    }

    /// <summary>How far the event files of a run are taken.</summary>
    /// <inheritdoc cref="MLflowAsync"/>
    public async Task<IReadOnlyList<JsonObject>> EventFilesAsync(string run, CancellationToken ct)
    {
        var (status, json) = await SendAsync(HttpMethod.Get, $"{server.Web}/api/runs/{run}/events", null, ct);
        return [.. (Good("events", status, json)["files"] as JsonArray ?? []).OfType<JsonObject>()];
    }

    /// <summary>Sends bytes of an event file; how far it is taken, or null when somebody else sent it at the same time.</summary>
    /// <inheritdoc cref="MLflowAsync"/>
    public async Task<JsonObject?> SendEventsAsync(
        string run,
        string path,
        long offset,
        HttpContent bytes,
        CancellationToken ct
    )
    {
        var escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        var address = string.Create(
            CultureInfo.InvariantCulture,
            $"{server.Web}/api/runs/{run}/events/{escaped}?offset={offset}"
        );
        var (status, json) = await SendAsync(HttpMethod.Put, address, bytes, ct);
        return status == HttpStatusCode.Conflict && json?["code"]?.ToString() == "tracking.event-file-moved"
            ? null
            : Good(path, status, json);
    }

    public void Dispose() => http.Dispose();

    private async Task<(HttpStatusCode Status, JsonObject? Json)> SendAsync(
        HttpMethod method,
        string address,
        HttpContent? body,
        CancellationToken ct
    )
    {
        using var request = new HttpRequestMessage(method, address) { Content = body };
        request.Headers.Authorization = server.Keys;
        try
        {
            using var response = await http.SendAsync(request, ct);
            var text = await response.Content.ReadAsStringAsync(ct);
            return (int)response.StatusCode < 500
                ? (response.StatusCode, Read(text))
                : throw new ServerAwayException($"the server at {address} answers {(int)response.StatusCode} {text}");
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            throw new ServerAwayException($"cannot reach the server at {address}: {gone.Message}");
        }
    }

    private static JsonObject Good(string call, HttpStatusCode status, JsonObject? json) =>
        (int)status < 400 && json is not null ? json
        : (int)status < 400 ? throw new Failure($"the server does not answer {call} as a Braid does")
        : throw new Failure(
            $"the server refused {call}: {(int)status} {json?["message"]?.ToString() ?? status.ToString()}"
        );

    private static JsonObject? Read(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The server cannot be reached, or is not itself: the same call may succeed later.</summary>
internal sealed class ServerAwayException(string message) : Exception(message);
