using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using Braid.Client.Backends.Http;

namespace Braid.Client.Backends.MLflow;

/// <summary>The server behind a tracking URI. Requests are repeated while it is away or busy.</summary>
internal sealed class MLflowServer(MLflowOptions options, SinkContext context) : IDisposable
{
    private static readonly MediaTypeHeaderValue json = new("application/json");

    private readonly RetryingHttp http = new(options.TrackingUri, context);
    private readonly AuthenticationHeaderValue? credentials = Credentials(options);
    private readonly ArrayBufferWriter<byte> body = new(4096);

    /// <summary>Posts the JSON that <paramref name="write"/> makes to <c>api/2.0/mlflow/PATH</c>. The answer is the caller's to dispose.</summary>
    public Task<JsonDocument> PostAsync(string path, Action<Utf8JsonWriter> write, CancellationToken ct)
    {
        var content = Body(write);
        return SendAsync(() => Post(path, content), ct);
    }

    /// <summary>
    /// The same for what each call does once more: before it is repeated, <paramref name="wasDone"/> looks whether it was done and only
    /// the answer was lost; then this is null.
    /// </summary>
    public async Task<JsonDocument?> PostOnceAsync(
        string path,
        Action<Utf8JsonWriter> write,
        Func<CancellationToken, Task<bool>> wasDone,
        CancellationToken ct
    )
    {
        ReadOnlyMemory<byte> content = Body(write).ToArray(); // looking uses the buffer, too
        return await http.SendOnceAsync(Make, wasDone, ct) is { } answer ? Read(Make, answer) : null;

        HttpRequestMessage Make() => Post(path, content);
    }

    /// <summary>Gets <c>api/2.0/mlflow/PATH</c>.</summary>
    public Task<JsonDocument> GetAsync(string path, CancellationToken ct) =>
        SendAsync(() => Request(HttpMethod.Get, $"api/2.0/mlflow/{path}", content: null), ct);

    /// <summary>Streams a file to a path below the artifact proxy.</summary>
    public async Task PutFileAsync(string artifact, FileContent file, CancellationToken ct)
    {
        var path = string.Join('/', artifact.Split('/').Select(Uri.EscapeDataString));
        using var answer = await SendAsync(
            () => Request(HttpMethod.Put, $"api/2.0/mlflow-artifacts/artifacts/{path}", new StreamContent(file.Open())),
            ct
        );
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content) =>
        new(method, path) { Content = content, Headers = { Authorization = credentials } };

    private HttpRequestMessage Post(string path, ReadOnlyMemory<byte> content) =>
        Request(
            HttpMethod.Post,
            $"api/2.0/mlflow/{path}",
            new ReadOnlyMemoryContent(content) { Headers = { ContentType = json } }
        );

    /// <summary>What is written to the one buffer; until the next.</summary>
    private ReadOnlyMemory<byte> Body(Action<Utf8JsonWriter> write)
    {
        body.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    private async Task<JsonDocument> SendAsync(Func<HttpRequestMessage> make, CancellationToken ct) =>
        Read(make, await http.SendAsync(make, ct));

    private static JsonDocument Read(Func<HttpRequestMessage> make, HttpAnswer answer) =>
        answer.IsSuccess ? Parse(answer.Body) : throw Refused(make, answer);

    private static JsonDocument Parse(byte[] bytes) => JsonDocument.Parse(bytes.Length == 0 ? "{}"u8.ToArray() : bytes);

    private static MLflowRefusal Refused(Func<HttpRequestMessage> make, HttpAnswer answer)
    {
        using var request = make();
        var (code, message) = ErrorOf(answer);
        return new(
            answer.Status,
            code,
            $"{request.Method} {request.RequestUri} was refused ({(int)answer.Status}): {message}"
        );
    }

    private static (string Code, string Message) ErrorOf(HttpAnswer answer)
    {
        try
        {
            using var error = JsonDocument.Parse(answer.Body);
            return (error.RootElement.TextOr("error_code", ""), error.RootElement.TextOr("message", ""));
        }
        catch (JsonException)
        {
            return ("", answer.Start);
        }
    }

    private static AuthenticationHeaderValue? Credentials(MLflowOptions options) =>
        options.Token is { } token ? new("Bearer", token)
        : options.Username is { } user ? ServerAddress.Basic(user, options.Password)
        : ServerAddress.CredentialsOf(options.TrackingUri);
}
