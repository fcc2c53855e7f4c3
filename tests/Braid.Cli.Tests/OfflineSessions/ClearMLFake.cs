using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Braid.Cli.Tests.OfflineSessions;

/// <summary>As much of ClearML's API and file server as an import asks for, remembered as it was asked.</summary>
internal sealed class ClearMLFake : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<string> calls = new();
    private int made;

    private ClearMLFake()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public string Address => app.Urls.First();

    public Dictionary<string, JsonObject> Tasks { get; } = [];

    public Dictionary<string, JsonObject> Models { get; } = [];

    public Dictionary<string, string> Projects { get; } = [];

    public Dictionary<string, string> Files { get; } = [];

    public List<JsonObject> Events { get; } = [];

    /// <summary>The names of all calls, in order.</summary>
    public IReadOnlyList<string> Calls => [.. calls];

    /// <summary>A call that is refused once.</summary>
    public string? RefusesOnce { get; set; }

    /// <summary>How many events of each batch are refused.</summary>
    public int RefusedEvents { get; set; }

    /// <summary>A run of the program against this server.</summary>
    public CliRun Cli =>
        new CliRun()
            .With("CLEARML_API_HOST", Address)
            .With("CLEARML_FILES_HOST", $"{Address}/files")
            .With("CLEARML_API_ACCESS_KEY", "key")
            .With("CLEARML_API_SECRET_KEY", "secret");

    public static async Task<ClearMLFake> StartAsync()
    {
        var fake = new ClearMLFake();
        await fake.app.StartAsync();
        return fake;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var call = http.Request.Path.Value!.Trim('/'); // every request has a path
        calls.Enqueue(call);
        var isLogin = call == "auth.login";
        Assert.Equal(isLogin ? "Basic a2V5OnNlY3JldA==" : "Bearer bought", http.Request.Headers.Authorization);
        if (RefusesOnce == call)
        {
            RefusesOnce = null;
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await http.Response.WriteAsync("""{"meta":{"result_msg":"no space left"},"data":{}}""");
        }
        else if (call == "files")
        {
            await ReceiveAsync(http);
        }
        else
        {
            using var reader = new StreamReader(http.Request.Body);
            var data = isLogin ? new() { ["token"] = "bought" } : Answer(call, await reader.ReadToEndAsync());
            await http.Response.WriteAsync(
                new JsonObject { ["meta"] = new JsonObject(), ["data"] = data }.ToJsonString()
            );
        }
    }

    private async Task ReceiveAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        foreach (var file in form.Files)
        {
            using var reader = new StreamReader(file.OpenReadStream());
            Files[file.Name.Replace("\\\"", "\"", StringComparison.Ordinal)] = await reader.ReadToEndAsync();
        }
    }

    private JsonObject Answer(string call, string text)
    {
        if (call == "events.add_batch")
        {
            Events.AddRange(text.Trim().Split('\n').Select(line => JsonNode.Parse(line)!.AsObject()));
            return new()
            {
                ["added"] = Events.Count,
                ["errors"] = RefusedEvents,
                ["errors_info"] = new JsonObject { ["too many"] = RefusedEvents },
            };
        }

        var body = JsonNode.Parse(text)!.AsObject();
        return call switch
        {
            "projects.get_all" => new() { ["projects"] = Listed(Projects.Select(each => (each.Value, each.Key))) },
            "projects.create" => new() { ["id"] = Projects[body["name"]!.ToString()] = NextId() },
            "tasks.get_all" => new() { ["tasks"] = new JsonArray([.. Tasks.Values.Select(task => task.DeepClone())]) },
            "tasks.create" => new() { ["id"] = Add(Tasks, body) },
            "models.create" => new() { ["id"] = Add(Models, body) },
            _ => Change(call, Tasks[body["task"]!.ToString()], body),
        };
    }

    private JsonObject Change(string call, JsonObject task, JsonObject body)
    {
        switch (call)
        {
            case "tasks.started":
                task["status"] = "in_progress";
                break;
            case "tasks.completed":
                task["status"] = "completed";
                break;
            case "tasks.edit_runtime":
                task["runtime"]!.AsObject().Remove(body["remove"]![0]!.ToString());
                break;
            case "tasks.add_or_update_artifacts":
                task["artifacts"] = body["artifacts"]!.DeepClone();
                break;
            case "tasks.add_or_update_model":
                task["output"] = body["model"]!.ToString();
                break;
            case "tasks.delete":
                Tasks.Remove(task["id"]!.ToString());
                break;
            default:
                throw new InvalidOperationException($"{call} is not expected");
        }

        return [];
    }

    private static JsonArray Listed(IEnumerable<(string Id, string Name)> all) =>
        [.. all.Select(each => new JsonObject { ["id"] = each.Id, ["name"] = each.Name })];

    private string Add(Dictionary<string, JsonObject> to, JsonObject body)
    {
        var id = NextId();
        body["id"] = id;
        body["status"] = "created";
        to[id] = body;
        return id;
    }

    private string NextId() => $"{++made:x32}";
}
