using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Admin;

namespace Braid.Cli.Connection;

/// <summary>
/// The JSON calls of the server's web door, for what Pachyderm's protocol has no words for. Where the door is, the server
/// says over that protocol, so that one address and one token are enough.
/// </summary>
internal sealed class WebClient(ServerAddress server, PachClient pach) : IDisposable
{
    private const string portKey = "braid.web.port";

    private readonly HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private Uri? door;

    /// <summary>Sends a call, <c>/api/...</c>, and reads its answer.</summary>
    /// <exception cref="Failure">The server refused, in its own words.</exception>
    public Task<JsonObject> CallAsync(HttpMethod method, string path, CancellationToken ct) =>
        CallAsync(method, path, null, ct);

    /// <summary>Sends a call with what is asked, and reads its answer.</summary>
    /// <exception cref="Failure">The server refused, in its own words.</exception>
    public async Task<JsonObject> CallAsync(HttpMethod method, string path, JsonObject? body, CancellationToken ct)
    {
        using var response = await SendAsync(method, path, body, HttpCompletionOption.ResponseContentRead, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        return JsonNode.Parse(text) as JsonObject ?? throw new Failure($"the server answered {path} with {text}");
    }

    public IAsyncEnumerable<JsonObject> LinesAsync(HttpMethod method, string path, CancellationToken ct) =>
        LinesAsync(method, path, null, ct);

    /// <summary>Sends a call whose answer is a line of JSON for each thing as it happens, and reads them as they come.</summary>
    /// <exception cref="Failure">The server refused, in its own words.</exception>
    public IAsyncEnumerable<JsonObject> LinesAsync(
        HttpMethod method,
        string path,
        JsonObject? body,
        CancellationToken ct
    ) =>
        TextAsync(method, path, body, ct)
            .Select(line => JsonNode.Parse(line) as JsonObject ?? throw new Failure($"the server sent {line}"));

    /// <summary>Sends a call whose answer comes in lines, and reads those that are not empty as they come.</summary>
    /// <exception cref="Failure">The server refused, in its own words.</exception>
    public async IAsyncEnumerable<string> TextAsync(
        HttpMethod method,
        string path,
        JsonObject? body,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        using var response = await SendAsync(method, path, body, HttpCompletionOption.ResponseHeadersRead, ct);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(ct));
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        JsonObject? body,
        HttpCompletionOption completion,
        CancellationToken ct
    )
    {
        using var request = new HttpRequestMessage(method, new Uri(await DoorAsync(ct), path))
        {
            Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        if (server.Token is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, completion, ct);
        }
        catch (HttpRequestException unreachable)
        {
            throw new Failure($"cannot reach the server's web door at {request.RequestUri}: {unreachable.Message}");
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new Failure(Message(await response.Content.ReadAsStringAsync(ct), response));
        }
    }

    private static string Message(string text, HttpResponseMessage response)
    {
        try
        {
            return JsonNode.Parse(text)?["message"]?.GetValue<string>() ?? $"the server answered {text}";
        }
        catch (JsonException)
        {
            return $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}";
        }
    }

    private async Task<Uri> DoorAsync(CancellationToken ct)
    {
        if (door is not null)
        {
            return door;
        }

        var cluster = await pach.CallAsync(AdminMethods.InspectCluster, new InspectClusterRequest(), ct);
        if (
            !cluster.Metadata.TryGetValue(portKey, out var text)
            || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        )
        {
            throw new Failure("this server does not offer that: it is no Braid, or an older one");
        }

        return door = new UriBuilder(server.Uri.Scheme, server.Uri.Host, port).Uri;
    }
}
