using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Braid.Client.Backends.MLflow;
using Braid.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Braid.Client.Tests;

/// <summary>A request that the fake got: <c>POST /api/2.0/mlflow/runs/create</c> and its body.</summary>
internal sealed record Recorded(string Call, string Body, string? Authorization)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}

/// <summary>A tracking server that remembers what it was asked and answers as it is told.</summary>
internal sealed class TrackingServerFake : IAsyncDisposable
{
    public const string RunId = "0123456789ab4def8123456789abcdef";

    private const string Run = $$$"""
        {"run": {"info": {"run_id": "{{{RunId}}}", "artifact_uri": "mlflow-artifacts:/7/{{{RunId}}}/artifacts"} } }
        """;

    private readonly WebApplication app;
    private readonly ConcurrentQueue<Recorded> requests = new();
    private readonly ConcurrentQueue<string> problems = new();
    private readonly TempFolder spool = new();

    private TrackingServerFake(WebApplication app) => this.app = app;

    public IReadOnlyList<Recorded> Requests => [.. requests];

    public Uri Address => new(app.Urls.Single());

    /// <summary>Looks at a request first; what it answers (status, JSON) goes out instead of the usual answer; status 0 cuts the connection.</summary>
    public Func<string, (int Status, string Json)?> Override { get; set; } = _ => null;

    public static async Task<TrackingServerFake> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var fake = new TrackingServerFake(app);
        app.Run(fake.AnswerAsync);
        await app.StartAsync();
        return fake;
    }

    public IEnumerable<Recorded> Of(string path) => Requests.Where(request => request.Call.EndsWith(path));

    /// <summary>Where what is not delivered stays.</summary>
    public string Spool => spool.Path;

    public LoggingOptions Options => OptionsAs(new() { TrackingUri = Address });

    public IReadOnlyList<string> Problems => [.. problems];

    public LoggingOptions OptionsAs(MLflowOptions server) =>
        new()
        {
            Backends = [new MLflowBackend(server)],
            SpoolRoots = [spool.Path],
            OnProblem = problems.Enqueue,
        };

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        spool.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.Latin1);
        var call = $"{context.Request.Method} {context.Request.Path}";
        requests.Enqueue(new(call, await reader.ReadToEndAsync(), context.Request.Headers.Authorization));
        var (status, json) = Override(call) ?? (200, Usual(call));
        if (status == 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        await context.Response.WriteAsync(json);
    }

    private static string Usual(string call) =>
        call switch
        {
            "GET /api/2.0/mlflow/experiments/get-by-name" => """{"experiment":{"experiment_id":"7"}}""",
            "POST /api/2.0/mlflow/runs/create" or "GET /api/2.0/mlflow/runs/get" => Run,
            _ => "{}",
        };
}
