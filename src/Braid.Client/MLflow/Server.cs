using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Braid.Client.MLflow;

/// <summary>The server behind a tracking URI. Requests are repeated while it is away or busy; all of them can be repeated safely.</summary>
internal sealed class Server : IDisposable
{
    private static readonly TimeSpan firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan longestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan connectLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan requestLimit = TimeSpan.FromMinutes(30); // a large model on a slow line
    private static readonly MediaTypeHeaderValue json = new("application/json");

    private readonly HttpClient http;
    private readonly TimeProvider clock;
    private readonly Action<string> report;
    private readonly ArrayBufferWriter<byte> body = new(4096);

    /// <param name="options">Where it is and who we are; its address is set.</param>
    /// <param name="report">Told when the server is away, and tried again.</param>
    public Server(LoggingOptions options, Action<string> report)
    {
        clock = options.Clock;
        this.report = report;
        http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = connectLimit })
        {
            BaseAddress = new Uri(options.TrackingUri!.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = requestLimit,
        };
        http.DefaultRequestHeaders.Authorization = Credentials(options);
        http.DefaultRequestHeaders.UserAgent.ParseAdd("braid-client/0.1");
    }

    /// <summary>Posts the JSON that <paramref name="write"/> makes to <c>api/2.0/mlflow/PATH</c>. The answer is the caller's to dispose.</summary>
    public Task<JsonDocument> PostAsync(string path, Action<Utf8JsonWriter> write, CancellationToken ct)
    {
        body.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(body))
        {
            write(writer);
        }

        return SendAsync(() => Request(HttpMethod.Post, $"api/2.0/mlflow/{path}", BodyContent()), ct);
    }

    /// <summary>Gets <c>api/2.0/mlflow/PATH</c>.</summary>
    public Task<JsonDocument> GetAsync(string path, CancellationToken ct) =>
        SendAsync(() => Request(HttpMethod.Get, $"api/2.0/mlflow/{path}", content: null), ct);

    /// <summary>Streams a file to a path below the artifact proxy.</summary>
    public async Task PutFileAsync(string artifact, string file, CancellationToken ct)
    {
        var path = string.Join('/', artifact.Split('/').Select(Uri.EscapeDataString));
        using var answer = await SendAsync(
            () =>
                Request(
                    HttpMethod.Put,
                    $"api/2.0/mlflow-artifacts/artifacts/{path}",
                    new StreamContent(File.OpenRead(file))
                ),
            ct
        );
    }

    public void Dispose() => http.Dispose();

    private static HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content) =>
        new(method, path) { Content = content };

    private ReadOnlyMemoryContent BodyContent() => new(body.WrittenMemory) { Headers = { ContentType = json } };

    private async Task<JsonDocument> SendAsync(Func<HttpRequestMessage> make, CancellationToken ct)
    {
        for (var pause = firstPause; ; pause = Longer(pause))
        {
            if (await TrySendAsync(make, ct) is { } answer)
            {
                return answer;
            }

            report($"{http.BaseAddress} does not answer; trying again until it does");
            await Task.Delay(pause, clock, ct);
        }
    }

    /// <summary>Null when the server is away or busy.</summary>
    private async Task<JsonDocument?> TrySendAsync(Func<HttpRequestMessage> make, CancellationToken ct)
    {
        try
        {
            using var request = make();
            using var response = await http.SendAsync(request, ct);
            if (IsPassing(response.StatusCode))
            {
                return null;
            }

            var bytes = await response.Content.ReadAsByteArrayAsync(ct);
            return response.IsSuccessStatusCode ? Parse(bytes) : throw Refused(request, response.StatusCode, bytes);
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null; // the request took too long
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < longestPause ? pause * 2 : longestPause;

    private static bool IsPassing(HttpStatusCode status) =>
        status
            is HttpStatusCode.TooManyRequests
                or HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout;

    private static JsonDocument Parse(byte[] bytes) => JsonDocument.Parse(bytes.Length == 0 ? "{}"u8.ToArray() : bytes);

    private static Refusal Refused(HttpRequestMessage request, HttpStatusCode status, byte[] bytes)
    {
        var (code, message) = ErrorOf(bytes);
        return new(status, code, $"{request.Method} {request.RequestUri} was refused ({(int)status}): {message}");
    }

    private static (string Code, string Message) ErrorOf(byte[] bytes)
    {
        try
        {
            using var error = JsonDocument.Parse(bytes);
            return (error.RootElement.TextOr("error_code", ""), error.RootElement.TextOr("message", ""));
        }
        catch (JsonException)
        {
            return ("", Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 500))));
        }
    }

    private static AuthenticationHeaderValue? Credentials(LoggingOptions options) =>
        options.Token is { } token ? new("Bearer", token)
        : options.Username is { } user
            ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Password}")))
        : null;
}
