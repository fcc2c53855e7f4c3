using System.Net;
using System.Text.Json.Nodes;
using Braid.Testing;

namespace Braid.Gateway.Web.Tests.Integrity;

public sealed class ScrubTests
{
    [Fact]
    public async Task Damage_is_told_with_who_keeps_what_it_touches()
    {
        await using var host = await WebHost.StartAsync();
        using var hold = host.Rooms.Content.Hold();
        host.Kept.Add("model.bin", await hold.WriteAsync("these bytes rot"u8.ToArray(), default));
        host.Kept.Add("other.bin", await hold.WriteAsync("these do not"u8.ToArray(), default));
        var clean = await ScrubAsync(host, "");
        Assert.Equal(0, clean[^1]["damaged"]!.GetValue<long>());

        Damage.Flip(host.Packs, "these bytes rot"u8);
        var found = await ScrubAsync(host, "?repair=false");
        Assert.Equal(1, found[^1]["lost"]!.GetValue<long>());
        var lines = await ScrubAsync(host, "");

        Assert.Contains(lines, line => line["kept"] is not null);
        var touched = Assert.Single(lines, line => line["path"] is not null);
        Assert.Equal("model.bin", touched["name"]!.GetValue<string>());
        Assert.Equal(1, lines[^1]["damaged"]!.GetValue<long>());
        // Put again, it is whole.
        await hold.WriteAsync("these bytes rot"u8.ToArray(), default);
        Assert.Equal(0, (await ScrubAsync(host, ""))[^1]["damaged"]!.GetValue<long>());
    }

    [Fact]
    public async Task Nobody_without_credentials_scrubs()
    {
        await using var host = await WebHost.StartAsync(open: false);
        using var answer = await host.Client.PostAsync("/api/scrub", null);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static async Task<List<JsonNode>> ScrubAsync(WebHost host, string query)
    {
        using var answer = await host.Client.PostAsync("/api/scrub" + query, null);
        var text = await answer.Content.ReadAsStringAsync();
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
