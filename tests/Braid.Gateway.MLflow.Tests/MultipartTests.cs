using System.Net;
using System.Text.Json.Nodes;
using Braid.Gateway.MLflow.Tests.Hosting;

namespace Braid.Gateway.MLflow.Tests;

public sealed class MultipartTests
{
    private const string proxy = "/api/2.0/mlflow-artifacts";

    [Fact]
    public async Task Parts_that_are_put_in_any_order_become_the_file()
    {
        await using var server = await MLflowServer.StartAsync();
        var run = await server.Client.RunAsync();
        var folder = $"0/{run}/artifacts/weights";
        var begun = await BeginAsync(server, folder, parts: 3);
        var tags = new string[3];
        foreach (var part in new[] { 2, 0, 1 })
        {
            tags[part] = await PutAsync(server, begun, part, new string((char)('a' + part), 1000));
        }

        var done = await CompleteAsync(server, folder, begun, tags);
        Assert.Equal(HttpStatusCode.OK, done.Status);
        using var got = await server.Client.GetAsync(new Uri($"{proxy}/artifacts/{folder}/big.bin", UriKind.Relative));
        Assert.Equal(
            $"{new string('a', 1000)}{new string('b', 1000)}{new string('c', 1000)}",
            await got.Content.ReadAsStringAsync()
        );
        // The parts are gone: it cannot be completed twice.
        Assert.Equal(HttpStatusCode.BadRequest, (await CompleteAsync(server, folder, begun, tags)).Status);
    }

    [Fact]
    public async Task A_file_of_which_a_part_is_missing_or_another_is_not_made()
    {
        await using var server = await MLflowServer.StartAsync();
        var run = await server.Client.RunAsync();
        var folder = $"0/{run}/artifacts";
        var begun = await BeginAsync(server, folder, parts: 2);
        var first = await PutAsync(server, begun, 0, "first");
        foreach (
            var tags in (string[][])
                [
                    [first, "nothing"],
                    [first, first],
                    [],
                ]
        )
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await CompleteAsync(server, folder, begun, tags)).Status);
        }

        await server.Client.CallAsync(HttpMethod.Post, $"{proxy}/mpu/abort/{folder}", Body(begun));
        var file = await server.Client.CallAsync(HttpMethod.Get, $"{proxy}/artifacts/{folder}/big.bin", null);
        Assert.Equal(HttpStatusCode.NotFound, file.Status);
    }

    [Fact]
    public async Task A_part_needs_its_ticket_and_nothing_else()
    {
        await using var server = await MLflowServer.StartAsync();
        var begun = await BeginAsync(server, "0/x", parts: 1);
        var url = begun.Text("credentials.0.url");
        using var forged = await server.Client.PutAsync(new Uri(url[..^2] + "AA"), new StringContent("x"));
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
        using var shut = await server.Client.PutAsync(
            new Uri($"{proxy}/mpu/parts/1/x", UriKind.Relative),
            new StringContent("x")
        );
        Assert.Equal(HttpStatusCode.Unauthorized, shut.StatusCode);
    }

    [Fact]
    public async Task An_upload_of_one_file_does_not_complete_another()
    {
        await using var server = await MLflowServer.StartAsync();
        var begun = await BeginAsync(server, "0/x", parts: 1);
        var tag = await PutAsync(server, begun, 0, "x");
        var other = await CompleteAsync(server, "0/y", begun, [tag]);
        Assert.Equal(HttpStatusCode.BadRequest, other.Status);
        Assert.StartsWith("The upload_id is not of an upload of this file", other.Message, StringComparison.Ordinal);
    }

    private static async Task<JsonNode> BeginAsync(MLflowServer server, string folder, int parts) =>
        (
            await server.Client.CallAsync(
                HttpMethod.Post,
                $"{proxy}/mpu/create/{folder}",
                $$"""{"path": "/home/me/big.bin", "num_parts": {{parts}}}"""
            )
        ).Json;

    private static async Task<string> PutAsync(MLflowServer server, JsonNode begun, int part, string content)
    {
        var url = begun.Text($"credentials.{part}.url");
        using var put = await server.Client.PutAsync(new Uri(url), new StringContent(content));
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        return put.Headers.ETag!.Tag;
    }

    private static Task<Reply> CompleteAsync(MLflowServer server, string folder, JsonNode begun, string[] tags) =>
        server.Client.CallAsync(HttpMethod.Post, $"{proxy}/mpu/complete/{folder}", Body(begun, tags));

    private static string Body(JsonNode begun, params string[] tags)
    {
        var parts = tags.Select(
            (tag, at) =>
                (JsonNode)
                    new JsonObject
                    {
                        ["part_number"] = at + 1,
                        ["etag"] = tag,
                        ["url"] = "",
                    }
        );
        return new JsonObject
        {
            ["path"] = "/home/me/big.bin",
            ["upload_id"] = begun.Text("upload_id"),
            ["parts"] = new JsonArray([.. parts]),
        }.ToJsonString();
    }
}
