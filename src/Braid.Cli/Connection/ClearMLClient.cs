using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Connection;

/// <summary>The calls of ClearML's API and its file server, with a token that the key pair buys before the first of them.</summary>
internal sealed class ClearMLClient(ClearMLAddress server) : IDisposable
{
    private readonly HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private AuthenticationHeaderValue? token;

    /// <summary>Sends a call, <c>tasks.get_all</c>, and reads the data that it is answered with.</summary>
    /// <exception cref="Failure">The server refused, in its own words.</exception>
    public Task<JsonObject> CallAsync(string call, JsonObject body, CancellationToken ct) =>
        CallWithAsync(call, new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), ct);

    /// <summary>The same with a body that is made already.</summary>
    public async Task<JsonObject> CallWithAsync(string call, HttpContent body, CancellationToken ct) =>
        await SendAsync(call, body, token ??= await LogInAsync(ct), ct);

    /// <summary>The id of the project of that name, which is made when there is none.</summary>
    /// <exception cref="Failure">The server refused, in its own words.</exception>
    public async Task<string> ProjectAsync(string name, CancellationToken ct)
    {
        var query = new JsonObject
        {
            ["name"] = $"^{Regex.Escape(name)}$",
            ["only_fields"] = new JsonArray("id", "name"),
            ["search_hidden"] = true,
        };
        var answer = await CallAsync("projects.get_all", query, ct);
        var found = (answer["projects"] as JsonArray ?? []).FirstOrDefault(each => each?["name"]?.ToString() == name);
        found ??= await CallAsync("projects.create", new() { ["name"] = name }, ct);
        return found["id"]?.GetValue<string>() ?? throw new Failure($"the server gave project {name} no id");
    }

    /// <summary>Stores a file below a path of the file server; answers its address.</summary>
    /// <exception cref="Failure">The server refused, in its own words.</exception>
    public async Task<string> UploadAsync(string path, HttpContent content, CancellationToken ct)
    {
        using var form = new MultipartFormDataContent { HeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        var quoted = path.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        content.Headers.TryAddWithoutValidation(
            "Content-Disposition",
            $"form-data; name=\"{quoted}\"; filename=\"{quoted}\""
        );
        form.Add(content);
        using var response = await PostAsync($"{server.Files}/", form, token ??= await LogInAsync(ct), ct);
        if (!response.IsSuccessStatusCode)
        {
            var why = await response.Content.ReadAsStringAsync(ct);
            throw new Failure($"the file server refused {path}: {(int)response.StatusCode} {why}");
        }

        return $"{server.Files}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}";
    }

    public void Dispose() => http.Dispose();

    private async Task<AuthenticationHeaderValue> LogInAsync(CancellationToken ct)
    {
        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{server.AccessKey}:{server.SecretKey}"));
        var data = await SendAsync("auth.login", new StringContent("{}"), new("Basic", pair), ct);
        return new("Bearer", data["token"]?.GetValue<string>() ?? throw new Failure("auth.login gave no token"));
    }

    private async Task<JsonObject> SendAsync(
        string call,
        HttpContent body,
        AuthenticationHeaderValue authorization,
        CancellationToken ct
    )
    {
        using var response = await PostAsync($"{server.Api}/{call}", body, authorization, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        var envelope = EnvelopeOf(text);
        if (!response.IsSuccessStatusCode)
        {
            var why = envelope?["meta"]?["result_msg"]?.ToString() ?? response.ReasonPhrase;
            throw new Failure($"the server refused {call}: {(int)response.StatusCode} {why}");
        }

        return envelope?["data"] as JsonObject
            ?? throw new Failure($"{server.Api} does not answer {call} as ClearML's API does");
    }

    private async Task<HttpResponseMessage> PostAsync(
        string address,
        HttpContent body,
        AuthenticationHeaderValue authorization,
        CancellationToken ct
    )
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new Failure($"cannot connect to {address}: only http:// and https:// addresses");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = body };
        request.Headers.Authorization = authorization;
        try
        {
            return await http.SendAsync(request, ct);
        }
        catch (HttpRequestException unreachable)
        {
            throw new Failure($"cannot reach the server at {address}: {unreachable.Message}");
        }
    }

    private static JsonObject? EnvelopeOf(string text)
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
