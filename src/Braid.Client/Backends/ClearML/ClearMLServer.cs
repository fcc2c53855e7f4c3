using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Braid.Client.Backends.Http;

namespace Braid.Client.Backends.ClearML;

/// <summary>
/// ClearML's API and its file server, with a token that the key pair buys before the first call, and anew when it is not taken
/// any more. Requests are repeated while a server is away or busy.
/// </summary>
/// <param name="options">Where it is, and who we are there.</param>
/// <param name="context">Of the run that goes on meanwhile; without one nothing is repeated.</param>
internal sealed class ClearMLServer(ClearMLOptions options, SinkContext? context) : IDisposable
{
    private static readonly MediaTypeHeaderValue json = new("application/json");
    private static readonly MediaTypeHeaderValue jsonLines = new("application/json-lines");

    private readonly RetryingHttp api = new(options.ApiHost, context);
    private readonly RetryingHttp files = new(options.FilesHost, context);
    private readonly string filesAddress = ServerAddress.Of(options.FilesHost).TrimEnd('/');
    private readonly AuthenticationHeaderValue? credentials =
        options.AccessKey.Length > 0
            ? ServerAddress.Basic(options.AccessKey, options.SecretKey)
            : ServerAddress.CredentialsOf(options.ApiHost);
    private AuthenticationHeaderValue? token;

    /// <summary>Calls <c>tasks.get_all</c> and the like; answers the <c>data</c> of the envelope.</summary>
    public Task<JsonElement> CallAsync(string call, Action<Utf8JsonWriter> write, CancellationToken ct) =>
        PostAsync(call, Body(write), json, ct);

    /// <summary>
    /// Calls <c>tasks.create</c> and the like, which make another one each time; answers its ID. Before a call is repeated,
    /// <paramref name="find"/> looks for what one made whose answer was lost.
    /// </summary>
    public async Task<string> CreateAsync(
        string call,
        Action<Utf8JsonWriter> write,
        Func<CancellationToken, Task<string?>> find,
        CancellationToken ct
    )
    {
        var body = Body(write);
        string? made = null;
        var answer = await SendAsync(
            request => api.SendOnceAsync(request, async token => (made = await find(token)) is not null, ct),
            () => Post(call, body, json),
            ct
        );
        return answer is { } data ? DataOf(call, data).TextOr("id", "") : made ?? "";
    }

    /// <summary>The same with a body of lines.</summary>
    public Task<JsonElement> CallWithLinesAsync(string call, ReadOnlyMemory<byte> lines, CancellationToken ct) =>
        PostAsync(call, lines, jsonLines, ct);

    /// <summary>The ID of the project of that name, which is made when there is none.</summary>
    public async Task<string> ProjectAsync(string name, CancellationToken ct)
    {
        if (await FindProjectAsync(name, ct) is { } existing)
        {
            return existing;
        }

        try
        {
            var made = await CallAsync("projects.create", json => json.WriteString("name", name), ct);
            return made.TextOr("id", "");
        }
        catch (BackendRefusalException refusal) when (!refusal.IsFinal)
        {
            // Somebody else may have made it between our two calls; else it was wrong.
            return await FindProjectAsync(name, ct) ?? throw new BackendRefusalException(refusal.Message);
        }
    }

    /// <summary>Stores a file below a path of the file server; answers its address.</summary>
    public Task<string> UploadAsync(string path, FileContent file, CancellationToken ct) =>
        UploadAsync(path, () => new StreamContent(file.Open()), ct);

    /// <summary>The same with a body that is made anew for each attempt.</summary>
    public async Task<string> UploadAsync(string path, Func<HttpContent> make, CancellationToken ct)
    {
        var answer = await SendAsync(files, () => Upload(path, make()), ct);
        return answer.IsSuccess
            ? $"{filesAddress}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}"
            : throw new BackendRefusalException(
                $"the file server refused {path} ({(int)answer.Status}): {answer.Start}",
                IsFinal(answer.Status)
            );
    }

    public void Dispose()
    {
        api.Dispose();
        files.Dispose();
    }

    private async Task<string?> FindProjectAsync(string name, CancellationToken ct)
    {
        var found = await CallAsync(
            "projects.get_all",
            json =>
            {
                json.WriteString("name", $"^{Regex.Escape(name)}$");
                json.WriteBoolean("search_hidden", value: true);
                json.WriteWords("only_fields", ["id", "name"]);
            },
            ct
        );
        return found
            .Items("projects")
            .Where(each => each.TextOr("name", "") == name)
            .Select(each => each.TextOr("id", ""))
            .FirstOrDefault();
    }

    private static ReadOnlyMemory<byte> Body(Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    private async Task<JsonElement> PostAsync(
        string call,
        ReadOnlyMemory<byte> body,
        MediaTypeHeaderValue type,
        CancellationToken ct
    ) => DataOf(call, await SendAsync(api, () => Post(call, body, type), ct));

    private static HttpRequestMessage Post(string call, ReadOnlyMemory<byte> body, MediaTypeHeaderValue type) =>
        new(HttpMethod.Post, call) { Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = type } } };

    private async Task<HttpAnswer> SendAsync(
        RetryingHttp server,
        Func<HttpRequestMessage> make,
        CancellationToken ct
    ) =>
        await SendAsync(async request => await server.SendAsync(request, ct), make, ct)
        ?? throw new InvalidOperationException("a call that can be repeated is answered");

    private async Task<HttpAnswer?> SendAsync(
        Func<Func<HttpRequestMessage>, Task<HttpAnswer?>> send,
        Func<HttpRequestMessage> make,
        CancellationToken ct
    )
    {
        var isNew = token is null;
        token ??= await LogInAsync(ct);
        var answer = await send(() => WithToken(make()));
        if (answer is { Status: HttpStatusCode.Unauthorized } && !isNew)
        {
            token = await LogInAsync(ct);
            answer = await send(() => WithToken(make()));
        }

        return answer;
    }

    private HttpRequestMessage WithToken(HttpRequestMessage request)
    {
        request.Headers.Authorization = token;
        request.Headers.Add("X-ClearML-Worker", Environment.MachineName);
        return request;
    }

    private async Task<AuthenticationHeaderValue> LogInAsync(CancellationToken ct)
    {
        var answer = await api.SendAsync(
            () =>
                new(HttpMethod.Post, "auth.login")
                {
                    Content = new StringContent("{}", json),
                    Headers = { Authorization = credentials },
                },
            ct
        );
        return new("Bearer", DataOf("auth.login", answer).TextOr("token", ""));
    }

    private JsonElement DataOf(string call, HttpAnswer answer)
    {
        var envelope = EnvelopeOf(answer);
        if (!answer.IsSuccess)
        {
            var why = envelope.Object("meta").TextOr("result_msg", answer.Start);
            throw new BackendRefusalException(
                $"{call} was refused ({(int)answer.Status}): {why}",
                IsFinal(answer.Status)
            );
        }

        return envelope.Object("data") is { ValueKind: JsonValueKind.Object } data
            ? data
            : throw new BackendRefusalException(
                $"{ServerAddress.Of(options.ApiHost)} does not answer {call} as ClearML's API does",
                isFinal: true
            );
    }

    private static JsonElement EnvelopeOf(HttpAnswer answer)
    {
        try
        {
            return JsonElement.Parse(answer.Body);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static HttpRequestMessage Upload(string path, HttpContent content)
    {
        var quoted = path.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        content.Headers.TryAddWithoutValidation(
            "Content-Disposition",
            $"form-data; name=\"{quoted}\"; filename=\"{quoted}\""
        );
        var form = new MultipartFormDataContent { HeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        form.Add(content);
        return new(HttpMethod.Post, "") { Content = form };
    }

    private static bool IsFinal(HttpStatusCode status) =>
        status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
}
