using System.Net;
using Braid.Scoring.Models;
using Braid.Scoring.Requests;
using Braid.Scoring.Workers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Braid.Scoring.Serving;

/// <summary>The HTTP side: paths, limits, and what a request under way gets when the program is to end.</summary>
internal sealed class ScoringHost : IAsyncDisposable
{
    private const long largestBody = 256L << 20;
    private const string json = "application/json";

    // Settings are the program's own: none are read from the folder that it is started in.
    private static readonly WebApplicationOptions hostOptions = new()
    {
        Args = ["--hostBuilder:reloadConfigOnChange=false"],
        ContentRootPath = AppContext.BaseDirectory,
    };

    private readonly WebApplication app;
    private readonly WorkerPool pool;

    private ScoringHost(WebApplication app, WorkerPool pool) => (this.app, this.pool) = (app, pool);

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Urls.First());

    /// <summary>Loads the model, then listens.</summary>
    /// <exception cref="BadModelException">The model cannot be served.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ScoringHost> StartAsync(
        ScoringOptions options,
        ModelFolder model,
        TextWriter log,
        CancellationToken ct
    )
    {
        var settings = new PoolSettings(options.Python, model, options.Workers, log, TimeProvider.System);
        var pool = await WorkerPool.StartAsync(settings, ct);
        try
        {
            var app = Built(options);
            var invocations = new Invocations(new RequestReader(model), pool, options.Timeout, log);
            Map(app, invocations, pool);
            await app.StartAsync(ct);
            return new(app, pool);
        }
        catch
        {
            await pool.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes no more requests, lets those under way be answered, and ends the workers.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        await pool.DisposeAsync();
    }

    private static WebApplication Built(ScoringOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(hostOptions);
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddSimpleConsole();
        // Nothing under way takes longer.
        builder.Services.Configure<HostOptions>(host =>
            host.ShutdownTimeout = options.Timeout + TimeSpan.FromSeconds(1)
        );
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = largestBody;
            kestrel.Listen(options.Host, options.Port);
        });
        return builder.Build();
    }

    private static void Map(WebApplication app, Invocations invocations, WorkerPool pool)
    {
        string[] read = ["GET", "HEAD"];
        app.UseStatusCodePages(context => WriteStatusAsync(context.HttpContext));
        app.MapMethods("/ping", read, (HttpContext http) => HealthAsync(http, pool));
        app.MapMethods("/health", read, (HttpContext http) => HealthAsync(http, pool));
        app.MapMethods(
            "/version",
            read,
            (HttpContext http) => WriteAsync(http, StatusCodes.Status200OK, MLflowVersion.Text)
        );
        app.MapPost("/invocations", invocations.AnswerAsync);
    }

    private static Task HealthAsync(HttpContext http, WorkerPool pool) =>
        WriteAsync(http, pool.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, "\n");

    private static Task WriteStatusAsync(HttpContext http)
    {
        var detail = http.Response.StatusCode switch
        {
            StatusCodes.Status405MethodNotAllowed => "Method Not Allowed",
            StatusCodes.Status404NotFound => "Not Found",
            _ => http.Features.Get<IHttpResponseFeature>()?.ReasonPhrase ?? "",
        };
        return WriteAsync(http, http.Response.StatusCode, $"{{\"detail\":\"{detail}\"}}");
    }

    private static Task WriteAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = json;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.WriteAsync(text);
    }

    /// <summary>Signals are the program's, not the host's.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
