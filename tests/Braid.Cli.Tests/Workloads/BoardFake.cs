using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Admin;
using Braid.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Braid.Cli.Tests.Workloads;

/// <summary>A server whose web door gives recorded answers about shares, nodes and workloads, and remembers what it was asked.</summary>
internal sealed class BoardFake : IAsyncDisposable
{
    /// <summary>Of the workload that most tests are about.</summary>
    public const string Id = "0123456789abcdef0123456789abcdef";

    /// <summary>From the clock's beginning to noon of the first of March, when the answers were recorded.</summary>
    private static readonly TimeSpan now = TimeSpan.FromDays(59.5);

    private readonly ConcurrentQueue<(string Call, JsonNode? Body)> asked = new();
    private readonly Dictionary<string, string> answers = [];
    private readonly TempFolder home = new();
    private readonly WebApplication web;
    private readonly PachdFake pachd;

    private BoardFake(WebApplication web, PachdFake pachd)
    {
        (this.web, this.pachd) = (web, pachd);
        Answers("GET /api/shares", Recorded("shares"));
        Answers("GET /api/nodes", Recorded("nodes"));
        Answers("GET /api/workloads", Recorded("workloads"));
        Answers("GET /api/workloads/train", Recorded("workload"));
        Answers("GET /api/workloads/train/explain", Recorded("explanation"));
        Answers("POST /api/whatif", Recorded("supposed"));
        Answers("POST /api/whatif/replay", Recorded("retrospect"));
        web.Run(AnswerAsync);
    }

    /// <summary>Method and path, the query included.</summary>
    public IReadOnlyList<string> Calls => [.. asked.Select(one => one.Call)];

    public string? Body => asked.Last().Body?.ToJsonString();

    public static async Task<BoardFake> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var fake = new BoardFake(builder.Build(), await PachdFake.StartAsync());
        await fake.web.StartAsync();
        fake.pachd.Answers(
            AdminMethods.InspectCluster,
            new ClusterInfo { Metadata = { ["braid.web.port"] = $"{new Uri(fake.web.Urls.First()).Port}" } }
        );
        return fake;
    }

    public BoardFake Answers(string call, string body)
    {
        answers[call] = body;
        return this;
    }

    public static string Recorded(string file) =>
        File.ReadAllText(Repository.PathOf("tests", "Braid.Cli.Tests", "Workloads", "Recorded", $"{file}.json"));

    /// <summary>The program's run, which remembers contexts between runs.</summary>
    public async Task<CliRun> RunAsync(string words, int code = 0)
    {
        var cli = pachd.Cli.With("HOME", home.Path);
        cli.Clock.Advance(now);
        var got = await cli.RunAsync(words.Split(' '));
        Assert.True(got == code, $"{got}: {cli.Error}");
        return cli;
    }

    public async ValueTask DisposeAsync()
    {
        await pachd.DisposeAsync();
        await web.DisposeAsync();
        home.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var call = $"{http.Request.Method} {http.Request.Path}";
        var body = http.Request.ContentLength > 0 ? await JsonNode.ParseAsync(http.Request.Body) : null;
        asked.Enqueue(($"{call}{http.Request.QueryString}", body));
        if (answers.TryGetValue(call, out var answer))
        {
            await http.Response.WriteAsync(answer);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        await http.Response.WriteAsync($$"""{"code": "none", "message": "no answer for {{call}}"}""");
    }
}
