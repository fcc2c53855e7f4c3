using System.Buffers.Text;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Hosting;
using Braid.Gateway.ClearML.Tests.Users;

namespace Braid.Gateway.ClearML.Tests.Auth;

public sealed class ImpersonationTests
{
    [Theory]
    [InlineData("X-Clearml-Impersonate-As", 403)]
    [InlineData("X-Trains-Impersonate-As", 403)]
    [InlineData("x-clearml-act-as", 200)]
    public async Task An_administrator_speaks_for_a_user(string header, int administration)
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        await host.HireAsync("ann");
        host.Api.Use(ClearMLHost.Admin);

        var made = await AskAsync(host, "tasks.create", """{"name":"demo","type":"training"}""", (header, "ann"));
        var settings = await AskAsync(host, "server.config", "{}", (header, "ann"));
        var task = await host.Api.TaskAsync(made.Data["id"]!.GetValue<string>());
        var me = await AskAsync(host, "users.get_current_user", "{}", (header, "ann"));

        Assert.Equal("ann", task["user"]!.GetValue<string>());
        Assert.Equal(administration, settings.Code);
        Assert.Equal("ann", me.Data["user"]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Nobody_else_speaks_for_others_and_nobody_for_nobody()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        await host.HireAsync("eve");
        var ann = await host.HireAsync("ann");
        const string impersonate = "X-Clearml-Impersonate-As";
        const string act = "X-Clearml-Act-As";

        host.Api.Use(ann);
        Assert.Equal((400, 6), await CodeAsync(host, (impersonate, "eve")));
        Assert.Equal((400, 6), await CodeAsync(host, (act, "admin")));
        host.Api.Use(ClearMLHost.Admin);
        Assert.Equal((400, 5), await CodeAsync(host, (impersonate, "eve"), (act, "eve")));
        Assert.Equal((400, 301), await CodeAsync(host, (impersonate, "nobody")));
        await host.UseJobAsync("p", "attempt");
        Assert.Equal((400, 6), await CodeAsync(host, (impersonate, "eve")));
    }

    [Fact]
    public async Task A_session_is_of_who_sent_the_credentials()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        await host.HireAsync("ann");
        host.Api.Use(ClearMLHost.Admin);

        var token = (await AskAsync(host, "auth.login", "{}", ("X-Clearml-Impersonate-As", "ann"))).Data["token"]!;
        host.Api.Use(token.GetValue<string>());

        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(token.GetValue<string>().Split('.')[1]))!;
        Assert.Equal("admin", claims["identity"]!["user"]!.GetValue<string>());
        Assert.Equal((200, 0), await host.Api.CodeAsync("server.config"));
    }

    private static async Task<(int, int)> CodeAsync(ClearMLHost host, params (string, string)[] headers)
    {
        var reply = await AskAsync(host, "users.get_current_user", "{}", headers);
        return (reply.Code, reply.Subcode);
    }

    private static async Task<ApiReply> AskAsync(
        ClearMLHost host,
        string endpoint,
        string json,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v2.34/{endpoint}");
        request.Content = new StringContent(json);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await host.Api.SendAsync(request);
    }
}
