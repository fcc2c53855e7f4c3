using System.Text;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Routing;

public sealed class TransportTests
{
    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Every_verb_may_carry_a_body(string verb)
    {
        await using var host = await ClearMLHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(verb), "/debug.ping");
        request.Content = new StringContent("""{"echo":"yes"}""");

        var reply = await host.Api.SendAsync(request);

        Assert.Equal("yes", reply.Data["echo"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/", 400, 12)]
    [InlineData("/favicon.ico/..", 400, 12)]
    [InlineData("/v2/debug.ping", 400, 12)]
    [InlineData("/no.such_thing", 404, 0)]
    [InlineData("/v2.5/debug.ping", 404, 0)]
    [InlineData("/v2.23/serving.get_endpoints", 404, 0)]
    [InlineData("/v2.23/debug.ping", 200, 0)]
    [InlineData("/v999.0/debug.ping", 200, 0)]
    [InlineData("/v99999999999.99999999999/debug.ping/", 200, 0)]
    public async Task Every_path_gets_an_envelope(string path, int code, int subcode)
    {
        await using var host = await ClearMLHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);

        var reply = await host.Api.SendAsync(request);

        Assert.Equal((code, subcode), (reply.Code, reply.Subcode));
    }

    [Fact]
    public async Task The_newest_contract_not_above_the_requested_one_answers()
    {
        await using var host = await ClearMLHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2.25/users.get_current_user");

        var reply = await host.Api.SendAsync(request);

        Assert.Equal(
            """{"name":"users.get_current_user","requested_version":"2.25","actual_version":"2.20"}""",
            reply.Meta["endpoint"]!.ToJsonString()
        );
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("\"text\"", "not a JSON object")]
    [InlineData("{\"a\":1,\"a\":2}", "not JSON")]
    public async Task A_malformed_body_is_refused_in_the_envelope(string body, string expected)
    {
        await using var host = await ClearMLHost.StartAsync();

        var reply = await host.Api.CallAsync("debug.ping", body);

        Assert.Equal((400, 12), (reply.Code, reply.Subcode));
        Assert.Contains(expected, reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_in_the_envelope()
    {
        await using var host = await ClearMLHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/debug.ping");
        request.Content = new ByteArrayContent(new byte[33 << 20]);

        var reply = await host.Api.SendAsync(request);

        Assert.Equal((400, 12), (reply.Code, reply.Subcode));
    }

    [Fact]
    public async Task A_body_of_the_largest_size_that_the_SDK_sends_is_read()
    {
        await using var host = await ClearMLHost.StartAsync();
        var text = new string('x', 15_728_640);

        var data = await host.Api.DataAsync("debug.ping", $$"""{"text":"{{text}}"}""");

        Assert.Equal(text.Length, data["text"]!.GetValue<string>().Length);
    }

    [Fact]
    public async Task An_encoded_body_is_refused_in_the_envelope()
    {
        await using var host = await ClearMLHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/debug.ping");
        request.Content = new ByteArrayContent([1]);
        request.Content.Headers.ContentEncoding.Add("gzip");

        Assert.Equal(400, (await host.Api.SendAsync(request)).Code);
    }

    [Fact]
    public async Task The_query_string_is_merged_into_the_body()
    {
        await using var host = await ClearMLHost.StartAsync();
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            "/debug.ping?n=3&x=1.5&b=true&a.b=in&l[]=1&r=p&r=q&own=query&own.deep=lost"
        );
        request.Content = new StringContent("""{"own":"body"}""", Encoding.UTF8, "text/plain");

        var reply = await host.Api.SendAsync(request);

        var expected = """{"own":"body","n":3,"x":1.5,"b":true,"a":{"b":"in"},"l":[1],"r":["p","q"],"msg":"pong"}""";
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), reply.Data), reply.Data.ToJsonString());
    }

    [Fact]
    public async Task The_clients_transaction_comes_back()
    {
        await using var host = await ClearMLHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/debug.ping");
        request.Headers.Add("x-clearml-trx", "mine");

        Assert.Equal("mine", (await host.Api.SendAsync(request)).Meta["trx"]!.GetValue<string>());
    }

    [Fact]
    public async Task Options_is_answered_with_nothing()
    {
        await using var host = await ClearMLHost.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri(host.Api.Address, "/tasks.create"));

        using var response = await http.SendAsync(request);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }
}
