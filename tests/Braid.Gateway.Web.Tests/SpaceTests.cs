using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Braid.Gateway.Web.Tests;

public sealed class SpaceTests
{
    [Theory]
    [InlineData("GET", "/api/gc")]
    [InlineData("POST", "/api/gc/plan")]
    [InlineData("POST", "/api/gc/apply/00000000000000000000000000000001")]
    public async Task Only_administrators_reclaim_space(string method, string path)
    {
        await using var host = await WebHost.StartAsync(open: false);
        using var request = new HttpRequestMessage(new(method), path);
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_plan_changes_nothing_and_applying_it_frees_what_it_said_once()
    {
        await using var host = await WebHost.StartAsync();
        using (var hold = host.Content.Hold())
        {
            await hold.SealAsync(await hold.WriteAsync(new byte[10_000], default), default);
        }

        var plan = await CallAsync(host, HttpMethod.Post, "/api/gc/plan");
        Assert.Equal(1, (int?)plan["deleted_packs"]);
        await host.Rooms.Sweeper.StepAsync(default);
        Assert.Null((await CallAsync(host, HttpMethod.Get, "/api/gc"))["freed_bytes"]);
        await CallAsync(host, HttpMethod.Post, $"/api/gc/apply/{plan["plan"]}");
        await host.Rooms.Sweeper.StepAsync(default);
        var state = await CallAsync(host, HttpMethod.Get, "/api/gc");
        Assert.Equal(("idle", 1), ((string?)state["phase"], (int?)state["deleted_packs"]));
        var again = await CallAsync(host, HttpMethod.Post, $"/api/gc/apply/{plan["plan"]}");
        Assert.Equal("storage.stale-plan", (string?)again["code"]);
    }

    [Theory]
    [InlineData("x", "web.no-such-plan")]
    [InlineData("00000000000000000000000000000001", "storage.no-such-plan")]
    public async Task An_unknown_plan_is_refused(string plan, string code)
    {
        await using var host = await WebHost.StartAsync();
        var refusal = await CallAsync(host, HttpMethod.Post, $"/api/gc/apply/{plan}");
        Assert.Equal(code, (string?)refusal["code"]);
        Assert.Contains("braid gc --plan", (string?)refusal["message"], StringComparison.Ordinal);
    }

    private static async Task<JsonObject> CallAsync(WebHost host, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var answer = await host.Client.SendAsync(request);
        return await answer.Content.ReadFromJsonAsync<JsonObject>() ?? [];
    }
}
