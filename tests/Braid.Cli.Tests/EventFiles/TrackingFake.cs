using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Braid.Cli.Connection.Tracking;
using Braid.TensorBoard.Logs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Braid.Cli.Tests.EventFiles;

/// <summary>As much of MLflow's API as an import asks for, and a web door that keeps the bytes of event files.</summary>
internal sealed class TrackingFake : IAsyncDisposable
{
    private const string mlflow = "/api/2.0/mlflow/";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<(string Run, string Path), byte[]> files = new();
    private int away;
    private int puts;
    private int made;

    private TrackingFake()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public Dictionary<string, string> Projects { get; } = new() { ["Default"] = "0" };

    public Dictionary<string, JsonObject> Runs { get; } = [];

    /// <summary>How many further calls find the server away.</summary>
    public int Away
    {
        get => Volatile.Read(ref away);
        set => Volatile.Write(ref away, value);
    }

    /// <summary>Files whose path has this in it are refused.</summary>
    public string? Refused { get; set; }

    /// <summary>How many times bytes were sent.</summary>
    public int Puts => Volatile.Read(ref puts);

    /// <summary>Only so many bytes of what is sent at a time are taken.</summary>
    public int MostAtOnce { get; set; } = int.MaxValue;

    public TrackingAddress Address => new(app.Urls.First(), app.Urls.First(), null);

    /// <summary>A run of the program against this server.</summary>
    public CliRun Cli =>
        new CliRun()
            .With("MLFLOW_TRACKING_URI", app.Urls.First())
            .With("CLEARML_WEB_HOST", app.Urls.First())
            .With("MLFLOW_TRACKING_USERNAME", "key")
            .With("MLFLOW_TRACKING_PASSWORD", "secret");

    /// <summary>It was another server, or one that lost what it had.</summary>
    public void Forget(string run)
    {
        foreach (var key in files.Keys.Where(key => key.Run == run))
        {
            files.TryRemove(key, out _);
        }
    }

    public static async Task<TrackingFake> StartAsync()
    {
        var fake = new TrackingFake();
        await fake.app.StartAsync();
        return fake;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    /// <summary>What was sent of a file.</summary>
    public byte[] BytesOf(string run, string path) => files.GetValueOrDefault((run, path)) ?? [];

    public IEnumerable<string> PathsOf(string run) =>
        files.Keys.Where(file => file.Run == run).Select(file => file.Path).Order(StringComparer.Ordinal);

    private async Task AnswerAsync(HttpContext http)
    {
        if (Away > 0)
        {
            Away--;
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var path = http.Request.Path.Value!; // every request has a path
        if (Refused is { } word && http.Request.Method == "PUT" && path.Contains(word, StringComparison.Ordinal))
        {
            Interlocked.Increment(ref puts);
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsync("""{"message": "no such name"}""");
            return;
        }

        var answer = path.StartsWith(mlflow, StringComparison.Ordinal)
            ? await MLflowAsync(http, path[mlflow.Length..])
            : await EventsAsync(http, path.Split('/', 6));
        http.Response.StatusCode = answer is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        await http.Response.WriteAsync((answer ?? []).ToJsonString());
    }

    private async Task<JsonObject?> MLflowAsync(HttpContext http, string call)
    {
        if (call == "experiments/get-by-name")
        {
            var name = http.Request.Query["experiment_name"].ToString();
            return Projects.TryGetValue(name, out var id)
                ? new() { ["experiment"] = new JsonObject { ["experiment_id"] = id } }
                : null;
        }

        var body = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
        switch (call)
        {
            case "experiments/create":
                var project = Projects[body["name"]!.ToString()] = $"{++made}";
                return new() { ["experiment_id"] = project };
            case "runs/create":
                var run = $"{++made:x32}";
                Runs[run] = body;
                return new() { ["run"] = new JsonObject { ["info"] = new JsonObject { ["run_id"] = run } } };
            case "runs/search":
                return new() { ["runs"] = new JsonArray([.. Found(body["filter"]!.ToString())]) };
            case "runs/update":
                Runs[body["run_id"]!.ToString()]["ended"] = body.DeepClone();
                return [];
            default:
                throw new InvalidOperationException(call);
        }
    }

    private IEnumerable<JsonNode> Found(string filter) =>
        Runs.Where(run => filter == $"tags.tensorboard_run = '{run.Value["tags"]![0]!["value"]}'")
            .Select(run => new JsonObject { ["info"] = new JsonObject { ["run_id"] = run.Key } });

    private async Task<JsonObject?> EventsAsync(HttpContext http, string[] parts)
    {
        var run = parts[3];
        if (http.Request.Method == "GET")
        {
            return new() { ["files"] = new JsonArray([.. PathsOf(run).Select(path => State(run, path))]) };
        }

        Interlocked.Increment(ref puts);
        using var sent = new MemoryStream();
        await http.Request.Body.CopyToAsync(sent);
        var offset = int.Parse(http.Request.Query["offset"].ToString(), CultureInfo.InvariantCulture);
        var known = BytesOf(run, parts[5]);
        if (offset == 0 && FileMark.BeginningOf(known) != FileMark.BeginningOf(sent.ToArray()))
        {
            known = [];
        }

        if (offset <= known.Length)
        {
            files[(run, parts[5])] = [.. known[..offset], .. sent.ToArray().Take(MostAtOnce)];
        }

        return State(run, parts[5]);
    }

    private JsonObject State(string run, string path) =>
        new()
        {
            ["path"] = path,
            ["next_offset"] = BytesOf(run, path).Length,
            ["beginning"] = FileMark.BeginningOf(BytesOf(run, path)),
            ["dead"] = path.Contains("dead", StringComparison.Ordinal),
            ["last_ms"] = 1_700_000_070_000,
            ["points"] = 3,
        };
}
