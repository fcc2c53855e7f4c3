using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Braid.Primitives;

namespace Braid.Compute.Containers.Engine;

/// <summary>
/// Calls of an engine's HTTP API over its Unix socket. An engine that does not answer, or goes away in the middle of an answer, is
/// <see cref="ErrorKind.Unavailable"/>; what it refuses is told in its own words.
/// </summary>
internal sealed class EngineClient : IDisposable
{
    /// <summary>The first version with requests for devices, and the last that this client was written for.</summary>
    private static readonly Version oldest = new(1, 40);
    private static readonly Version newest = new(1, 47);

    /// <summary>The one call that every version answers.</summary>
    private const string versionPath = "/version";

    private static readonly string[] taken = ["is already in use", "already exists"];

    private readonly string socket;
    private readonly HttpClient http;
    private volatile string prefix = "";

    public EngineClient(string socket)
    {
        this.socket = socket;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = (_, ct) => ConnectAsync(socket, ct),
            UseProxy = false,
            AllowAutoRedirect = false,
        };
        http = new(handler) { BaseAddress = new("http://engine"), Timeout = Timeout.InfiniteTimeSpan };
    }

    public void Dispose() => http.Dispose();

    /// <summary>Asks what the engine is, and settles on the newest version of the API that both know.</summary>
    public async Task<Result<EngineVersion>> NegotiateAsync(CancellationToken ct)
    {
        var asked = await GetAsync(versionPath, EngineJson.Default.EngineVersion, ct);
        if (!asked.TryGet(out var engine, out _))
        {
            return asked;
        }

        var theirs = Version.Parse(engine.ApiVersion);
        var theirOldest = engine.MinAPIVersion is { } least ? Version.Parse(least) : oldest;
        if (theirs < oldest || theirOldest > newest)
        {
            return Errors.EngineVersion(socket, theirOldest, theirs, oldest, newest);
        }

        prefix = $"/v{(theirs < newest ? theirs : newest)}";
        return engine;
    }

    public Task<Result<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken ct) =>
        AskAsync(HttpMethod.Get, path, null, type, ct);

    public Task<Result<T>> PostAsync<T>(string path, HttpContent? body, JsonTypeInfo<T> type, CancellationToken ct) =>
        AskAsync(HttpMethod.Post, path, body, type, ct);

    /// <summary>False when the engine says that there was nothing to do.</summary>
    public async Task<Result<bool>> DoAsync(HttpMethod method, string path, CancellationToken ct)
    {
        var sent = await OpenAsync(method, path, null, null, ct);
        if (!sent.TryGet(out var response, out var error))
        {
            return error;
        }

        using (response)
        {
            return response.StatusCode != HttpStatusCode.NotModified;
        }
    }

    /// <summary>The head of an answer, whose body is still to come; whoever gets it reads and disposes of it.</summary>
    /// <param name="login">The value of <c>X-Registry-Auth</c>.</param>
    public async Task<Result<HttpResponseMessage>> OpenAsync(
        HttpMethod method,
        string path,
        HttpContent? body,
        string? login,
        CancellationToken ct
    )
    {
        using var request = new HttpRequestMessage(method, (path == versionPath ? "" : prefix) + path)
        {
            Content = body,
        };
        if (login is not null)
        {
            request.Headers.Add("X-Registry-Auth", login);
        }

        try
        {
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified)
            {
                return response;
            }

            using (response)
            {
                var words = await WordsAsync(response, ct);
                return Errors.Engine(Kind(response.StatusCode, words), words);
            }
        }
        catch (Exception gone) when (IsGone(gone))
        {
            return Errors.EngineAway(socket, gone.Message);
        }
    }

    /// <summary>Reads of an answer while it comes; an engine that goes away in the middle is an error.</summary>
    public async Task<Result<T>> GuardAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception gone) when (IsGone(gone))
        {
            return Errors.EngineAway(socket, gone.Message);
        }
    }

    public static HttpContent Json<T>(T body, JsonTypeInfo<T> type)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private async Task<Result<T>> AskAsync<T>(
        HttpMethod method,
        string path,
        HttpContent? content,
        JsonTypeInfo<T> type,
        CancellationToken ct
    )
    {
        var sent = await OpenAsync(method, path, content, null, ct);
        if (!sent.TryGet(out var response, out var error))
        {
            return error;
        }

        using (response)
        {
            return await GuardAsync(async () =>
            {
                await using var answer = await response.Content.ReadAsStreamAsync(ct);
                return await JsonSerializer.DeserializeAsync(answer, type, ct)
                    ?? throw new JsonException($"the engine answered {path} with null");
            });
        }
    }

    private static async ValueTask<Stream> ConnectAsync(string socket, CancellationToken ct)
    {
        var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), ct);
            return new NetworkStream(connection, ownsSocket: true);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The connection could not be made, or ended before the answer did.</summary>
    private static bool IsGone(Exception error) => error is HttpRequestException or IOException or SocketException;

    /// <summary>Where Docker answers that there is a conflict, Podman answers that it failed, with such words.</summary>
    private static ErrorKind Kind(HttpStatusCode status, string words) =>
        status switch
        {
            HttpStatusCode.InternalServerError when taken.Any(one => words.Contains(one, StringComparison.Ordinal)) =>
                ErrorKind.Conflict,
            HttpStatusCode.NotFound => ErrorKind.NotFound,
            HttpStatusCode.Conflict => ErrorKind.Conflict,
            HttpStatusCode.BadRequest => ErrorKind.InvalidArgument,
            _ => ErrorKind.FailedPrecondition,
        };

    private static async Task<string> WordsAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        try
        {
            return JsonSerializer.Deserialize(text, EngineJson.Default.EngineRefusal)?.Message ?? text;
        }
        catch (JsonException)
        {
            var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            return text.Length > 0 ? text : $"status {status}";
        }
    }
}
