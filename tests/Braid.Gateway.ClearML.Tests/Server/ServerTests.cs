using Braid.Gateway.ClearML.Tests.Hosting;
using Braid.Gateway.ClearML.Tests.Users;

namespace Braid.Gateway.ClearML.Tests.Server;

public sealed class ServerTests
{
    [Fact]
    public async Task Ways_to_sign_in_are_told_to_anybody()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);

        var stranger = await host.Api.DataAsync("login.supported_modes");
        Assert.False(stranger["authenticated"]!.GetValue<bool>());
        Assert.False(stranger["basic"]!["enabled"]!.GetValue<bool>());
        Assert.Empty(stranger["sso_providers"]!.AsArray());
        Assert.False((await host.Api.DataAsync("auth.fixed_users_mode"))["enabled"]!.GetValue<bool>());

        host.Api.Use(ClearMLHost.Admin);
        Assert.True((await host.Api.DataAsync("login.supported_modes"))["authenticated"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Endpoints_are_listed_with_what_is_available()
    {
        await using var host = await ClearMLHost.StartAsync();

        var endpoints = (await host.Api.DataAsync("server.endpoints"))["endpoints"]!
            .AsArray()
            .ToDictionary(endpoint => endpoint!["name"]!.GetValue<string>());

        Assert.Equal(204, endpoints.Count);
        Assert.True(endpoints["tasks.create"]!["available"]!.GetValue<bool>());
        Assert.False(endpoints["storage.get_settings"]!["available"]!.GetValue<bool>());
        Assert.False(endpoints["debug.ping"]!["requires_authorization"]!.GetValue<bool>());
        Assert.Equal("""["2.1","2.17"]""", endpoints["auth.create_credentials"]!["versions"]!.ToJsonString());
    }

    [Fact]
    public async Task The_configuration_is_shown_as_a_whole_and_by_path()
    {
        await using var host = await ClearMLHost.StartAsync();

        var all = await host.Api.DataAsync("server.config");
        var part = await host.Api.DataAsync("server.config", """{"path":"auth.fixed_users"}""");

        Assert.Equal("2.34", all["apiserver"]!["version"]!.GetValue<string>());
        Assert.Equal("""{"enabled":false}""", part.ToJsonString());
        Assert.Equal((400, 10), await host.Api.CodeAsync("server.config", """{"path":"secure.mongo"}"""));
    }

    [Fact]
    public async Task Statistics_count_what_there_is_and_are_never_sent_anywhere()
    {
        await using var host = await ClearMLHost.StartAsync();
        await host.Api.CreateTaskAsync();

        var statistics = await host.Api.DataAsync("server.get_stats");
        var report = await host.Api.DataAsync("server.report_stats_option", """{"enabled":true}""", "2.34");

        Assert.Equal(1, statistics["tasks"]!.GetValue<int>());
        Assert.Equal(2, statistics["users"]!.GetValue<int>());
        Assert.False(report["supported"]!.GetValue<bool>());
        Assert.False(report["enabled"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("storage.get_settings", "clearml.conf")]
    [InlineData("serving.register_container", "containers")]
    [InlineData("tasks.make_public", "one workspace")]
    [InlineData("models.make_public", "one workspace")]
    [InlineData("projects.make_public", "one workspace")]
    public async Task What_is_refused_for_good_is_refused_with_the_reason(string endpoint, string reason)
    {
        await using var host = await ClearMLHost.StartAsync();

        var reply = await host.Api.CallAsync(endpoint, version: "2.34");

        Assert.Equal((404, 0), (reply.Code, reply.Subcode));
        Assert.Contains(reason, reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_public_so_making_it_private_changes_nothing()
    {
        await using var host = await ClearMLHost.StartAsync();
        var task = await host.Api.CreateTaskAsync();

        var reply = await host.Api.DataAsync("tasks.make_private", $$"""{"ids":["{{task}}"]}""");

        Assert.Equal(0, reply["updated"]!.GetValue<int>());
        Assert.Equal(People.Company, (await host.Api.TaskAsync(task))["company"]!.GetValue<string>());
    }
}
