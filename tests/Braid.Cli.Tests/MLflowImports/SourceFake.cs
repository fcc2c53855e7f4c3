using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Braid.Cli.Tests.MLflowImports;

/// <summary>An MLflow server of somebody else's: one experiment, one run, and whatever it says that the run's files are.</summary>
internal sealed class SourceFake : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<string> credentials = new();

    private SourceFake()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    /// <summary>The id of its run, which is also what each of the run's files holds.</summary>
    public required string Run { get; init; }

    /// <summary>The paths that it lists among the run's artifacts.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    public Uri Address => new(app.Urls.Single());

    /// <summary>What each call had in its header <c>Authorization</c>.</summary>
    public IReadOnlyCollection<string> Credentials => credentials;

    public static async Task<SourceFake> StartAsync(string run, params string[] paths)
    {
        var fake = new SourceFake { Run = run, Paths = paths };
        await fake.app.StartAsync();
        return fake;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        credentials.Enqueue(http.Request.Headers.Authorization.ToString());
        var path = http.Request.Path.Value!; // every request has a path
        if (path == "/get-artifact")
        {
            await http.Response.WriteAsync(Run);
            return;
        }

        await http.Response.WriteAsync(
            Answer(path.Replace("/api/2.0/mlflow/", "", StringComparison.Ordinal)).ToJsonString()
        );
    }

    private JsonObject Answer(string call) =>
        call switch
        {
            "experiments/search" => new()
            {
                ["experiments"] = new JsonArray(
                    new JsonObject
                    {
                        ["experiment_id"] = "1",
                        ["name"] = "theirs",
                        ["artifact_location"] = "mlflow-artifacts:/1",
                        ["lifecycle_stage"] = "active",
                    }
                ),
            },
            "runs/search" => new()
            {
                ["runs"] = new JsonArray(
                    new JsonObject
                    {
                        ["info"] = new JsonObject
                        {
                            ["run_id"] = Run,
                            ["run_name"] = "theirs",
                            ["status"] = "FINISHED",
                            ["start_time"] = 1_700_000_000_000,
                            ["end_time"] = 1_700_000_001_000,
                            ["lifecycle_stage"] = "active",
                            ["artifact_uri"] = $"mlflow-artifacts:/1/{Run}/artifacts",
                        },
                    }
                ),
            },
            "artifacts/list" => new()
            {
                ["files"] = new JsonArray([
                    .. Paths.Select(path => new JsonObject
                    {
                        ["path"] = path,
                        ["is_dir"] = false,
                        ["file_size"] = Run.Length,
                    }),
                ]),
            },
            _ => [],
        };
}
