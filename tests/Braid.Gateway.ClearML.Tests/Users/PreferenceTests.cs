using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Users;

public sealed class PreferenceTests
{
    [Fact]
    public async Task What_is_set_is_merged_by_path_and_is_the_users_own()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        var ann = await host.HireAsync("ann");
        host.Api.Use(ann);

        await SetAsync(host.Api, """{"theme":"dark","tables":{"runs":{"width":1}}}""");
        var changed = await SetAsync(host.Api, """{"tables.runs.order":["name"],"theme":null}""");

        const string expected = """{"theme":null,"tables":{"runs":{"width":1,"order":["name"]}}}""";
        Assert.Equal(1, changed["updated"]!.GetValue<int>());
        Assert.Equal(expected, changed["fields"]!["preferences"]!.ToJsonString());
        Assert.Equal(expected, (await host.Api.DataAsync("users.get_preferences"))["preferences"]!.ToJsonString());
        host.Api.Use(await host.HireAsync("ben"));
        Assert.Equal("{}", (await host.Api.DataAsync("users.get_preferences"))["preferences"]!.ToJsonString());
    }

    [Fact]
    public async Task What_was_set_is_not_sent_back_when_it_is_not_wanted()
    {
        await using var host = await ClearMLHost.StartAsync();

        var changed = await host.Api.DataAsync(
            "users.set_preferences",
            """{"preferences":{"a":1},"return_updated":false}"""
        );

        Assert.Equal("{}", changed["fields"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"$where":1}""")]
    [InlineData("""{"a.$b":1}""")]
    [InlineData("""{"a..b":1}""")]
    [InlineData("""{"":1}""")]
    [InlineData("""{"a":{"b.c":1}}""")]
    [InlineData("""{"a":[{"$b":1}]}""")]
    public async Task Names_that_are_no_path_are_refused(string preferences)
    {
        await using var host = await ClearMLHost.StartAsync();

        Assert.Equal(
            (400, 16),
            await host.Api.CodeAsync("users.set_preferences", $$"""{"preferences":{{preferences}}}""")
        );
    }

    [Fact]
    public async Task Depth_and_size_are_limited()
    {
        await using var host = await ClearMLHost.StartAsync();
        var deepest = string.Join('.', Enumerable.Repeat("a", 32));

        await SetAsync(host.Api, $$"""{"{{deepest}}":1}""");
        Assert.Equal((400, 16), await CodeOfAsync(host.Api, $$"""{"{{deepest}}.a":1}"""));
        Assert.Equal((400, 16), await CodeOfAsync(host.Api, $$"""{"{{deepest}}":[]}"""));
        Assert.Equal((400, 16), await CodeOfAsync(host.Api, $$"""{"{{new string('.', 1 << 20)}}":1}"""));
        Assert.Equal((400, 305), await CodeOfAsync(host.Api, $$"""{"a":"{{new string('x', 256 << 10)}}"}"""));
        Assert.Equal((400, 11), await host.Api.CodeAsync("users.set_preferences"));
        Assert.Equal((400, 12), await host.Api.CodeAsync("users.set_preferences", """{"preferences":"dark"}"""));
    }

    private static Task<JsonObject> SetAsync(ApiClient api, string preferences) =>
        api.DataAsync("users.set_preferences", $$"""{"preferences":{{preferences}}}""");

    private static Task<(int, int)> CodeOfAsync(ApiClient api, string preferences) =>
        api.CodeAsync("users.set_preferences", $$"""{"preferences":{{preferences}}}""");
}
