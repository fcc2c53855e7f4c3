using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Braid.Gateway.ClearML.Tests.Hosting;

/// <summary>A reply of the API, its envelope checked for what every client demands of every reply.</summary>
internal sealed record ApiReply(int Code, int Subcode, string Message, JsonObject Data, JsonObject Meta)
{
    public HttpResponseHeaders? Headers { get; init; }

    public static async Task<ApiReply> ReadAsync(HttpResponseMessage response)
    {
        var reply = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        var meta = reply["meta"]!.AsObject();
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)response.StatusCode, meta["result_code"]!.GetValue<int>());
        Assert.InRange((int)response.StatusCode, 200, 500);
        Assert.Equal(32, meta["id"]!.GetValue<string>().Length);
        Assert.NotEmpty(meta["trx"]!.GetValue<string>());
        Assert.NotNull(meta["endpoint"]!["name"]!.GetValue<string>());
        Assert.NotNull(meta["endpoint"]!["requested_version"]!.GetValue<string>());
        Assert.NotNull(meta["endpoint"]!["actual_version"]!.GetValue<string>());
        return new(
            meta["result_code"]!.GetValue<int>(),
            meta["result_subcode"]!.GetValue<int>(),
            meta["result_msg"]!.GetValue<string>(),
            reply["data"]!.AsObject(),
            meta
        )
        {
            Headers = response.Headers,
        };
    }
}
