using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Braid.Access.Credentials;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Replay;

public sealed class ReplayTests
{
    /// <summary>The machine that the recorded client named as its own.</summary>
    private const string worker = "host";

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
        using var request = exchange.ToRequest(ids);
        if (exchange.IsFile)
        {
            await ReplayFileAsync(host, exchange, request, ids, where);
            return;
        }

        if (exchange.Authorization == "Basic")
        {
            host.Api.Use(keys);
        }

        request.Headers.Add("X-ClearML-Worker", worker);
        var reply = await host.Api.SendAsync(request);
        Assert.True(reply.Code == exchange.Status && reply.Subcode == exchange.Subcode, $"{where}: {reply.Message}");
        new Likeness(ids).Check(exchange.Reply, reply.Data, where);
        if (reply.Data["token"]?.GetValue<string>() is { } token)
        {
            host.Api.Use(token);
            host.Files.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
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
