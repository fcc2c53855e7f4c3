using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Gateway.ClearML.Tests.Hosting;
using Braid.Scheduling;
using Braid.Workloads.Shares;
using Xunit.Sdk;

namespace Braid.Gateway.ClearML.Tests.Replay;

public sealed class ReplayTests
{
    /// <summary>The machine that the recorded client named as its own.</summary>
    private const string worker = "host";

    /// <summary>With an answer that comes when something is placed, which is looked at every second.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(10);

    [Theory]
    [InlineData("1-train", "2-read", "3-first-run", "4-run-again", "5-delete", "6-agent", "7-people", "8-datasets")]
    [InlineData("8-optimizer")]
    [InlineData("9-pipeline")]
    [InlineData("11-old-contract")]
    public async Task What_SDK_and_agent_asked_is_answered_as_it_was_when_they_accepted_it(params string[] names)
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        await ReplayAsync(host, ClearMLHost.Admin, names);
    }

    [Fact]
    public async Task What_tasks_that_went_to_the_default_queue_asked_is_answered_as_it_was_when_SDK_and_agent_accepted_it()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        await host.Rooms.Queues.EnsureDefaultAsync(default);
        await ReplayAsync(host, ClearMLHost.Admin, "10-remote");
    }

    [Fact]
    public async Task What_the_SDK_asked_inside_a_job_is_answered_as_it_was_when_it_accepted_it()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        var (_, keys) = await host.StartJobAsync("default", "attempt");
        await ReplayAsync(host, keys, "10-joined");
    }

    /// <summary>What is placed, and who gives way, is decided here as it is in a server.</summary>
    [Theory]
    [InlineData("12-aborted", "aborted")]
    [InlineData("12-reclaimed", "owners", "borrowers")]
    [InlineData("12-piped", "piped")]
    [InlineData("12-searched", "searched")]
    public async Task What_SDK_and_agents_asked_about_placed_queues_is_answered_as_it_was(
        string name,
        params string[] projects
    )
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        foreach (var project in projects)
        {
            var gpus = new ResourceTerms { Quota = project == "borrowers" ? 0 : 2 };
            var share = new NewShare(project, Queue: $"{project}-queue") { Terms = new() { Gpu = gpus } };
            Assert.True(
                (await host.Workloads.Shares.CreateAsync(new Caller.Administrator("admin"), share, default)).IsOk
            );
        }

        await host.Workloads.StartAsync(Scheduler.Decide, (_, error) => Assert.Fail($"{error}"), default);
        await ReplayAsync(host, ClearMLHost.Admin, name);
    }

    /// <param name="keys">What the client that was recorded logged in with.</param>
    private static async Task ReplayAsync(ClearMLHost host, KeyPair keys, params string[] names)
    {
        var ids = new ReplayedIds();
        foreach (var name in names)
        {
            var line = 0;
            foreach (var exchange in Exchange.ReadAll(name))
            {
                await ReplayAsync(host, keys, exchange, ids, $"{name}:{++line} {exchange.Path}");
            }
        }
    }

    private static async Task ReplayAsync(
        ClearMLHost host,
        KeyPair keys,
        Exchange exchange,
        ReplayedIds ids,
        string where
    )
    {
        if (exchange.IsFile)
        {
            using var request = exchange.ToRequest(ids);
            await ReplayFileAsync(host, exchange, request, ids, where);
            return;
        }

        if (exchange.Authorization == "Basic")
        {
            host.Api.Use(keys);
        }

        var reply = await AskAsync(host, exchange, ids, where);
        for (var clock = Stopwatch.StartNew(); exchange.Waits && clock.Elapsed < patience; )
        {
            if (IsAlike(exchange, reply, ids, where))
            {
                break;
            }

            await Task.Delay(pause, TimeProvider.System);
            reply = await AskAsync(host, exchange, ids, where);
        }

        new Likeness(ids).Check(exchange.Reply, reply.Data, where);
        if (reply.Data["token"]?.GetValue<string>() is { } token)
        {
            host.Api.Use(token);
            host.Files.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    private static async Task<ApiReply> AskAsync(ClearMLHost host, Exchange exchange, ReplayedIds ids, string where)
    {
        using var request = exchange.ToRequest(ids);
        request.Headers.Add("X-ClearML-Worker", worker);
        var reply = await host.Api.SendAsync(request);
        Assert.True(reply.Code == exchange.Status && reply.Subcode == exchange.Subcode, $"{where}: {reply.Message}");
        return reply;
    }

    private static bool IsAlike(Exchange exchange, ApiReply reply, ReplayedIds ids, string where)
    {
        try
        {
            new Likeness(ids).Check(exchange.Reply, reply.Data, where);
            return true;
        }
        catch (XunitException)
        {
            return false;
        }
    }

    private static async Task ReplayFileAsync(
        ClearMLHost host,
        Exchange exchange,
        HttpRequestMessage request,
        ReplayedIds ids,
        string where
    )
    {
        using var response = await host.Files.SendAsync(request);
        var content = await response.Content.ReadAsByteArrayAsync();
        Assert.True((int)response.StatusCode == exchange.Status, $"{where}: {response.StatusCode}");
        if (exchange.Bytes is { } bytes)
        {
            Assert.Equal(bytes, content.Length);
        }
        else if (exchange.Reply is not null)
        {
            new Likeness(ids).Check(exchange.Reply, JsonNode.Parse(content), where);
        }
    }
}
