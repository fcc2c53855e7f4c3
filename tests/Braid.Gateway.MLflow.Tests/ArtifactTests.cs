using System.Net;
using Braid.Gateway.MLflow.Artifacts;
using Braid.Gateway.MLflow.Tests.Hosting;

namespace Braid.Gateway.MLflow.Tests;

public sealed class ArtifactTests
{
    private const string proxy = "/api/2.0/mlflow-artifacts/artifacts";

    [Fact]
    public async Task An_upload_is_listed_downloaded_and_deleted()
    {
        await using var server = await MLflowServer.StartAsync();
        var run = await server.Client.RunAsync();
        var path = $"{proxy}/0/{run}/artifacts/cfg/a%20b.yaml";
        using var put = await server.Client.PutAsync(new Uri(path, UriKind.Relative), new StringContent("k: 1"));
        Assert.Equal((HttpStatusCode.OK, "{}"), (put.StatusCode, await put.Content.ReadAsStringAsync()));

        var folder = (await server.Client.AskAsync($"artifacts/list?run_id={run}")).Json;
        Assert.Equal(("cfg", "true"), (folder.Text("files.0.path"), folder.Text("files.0.is_dir")));
        var files = (await server.Client.AskAsync($"artifacts/list?run_id={run}&path=cfg")).Json;
        Assert.Equal(("cfg/a b.yaml", "4"), (files.Text("files.0.path"), files.Text("files.0.file_size")));
        var names = await server.Client.CallAsync(HttpMethod.Get, $"{proxy}?path=0/{run}/artifacts/cfg", null);
        Assert.Equal("a b.yaml", names.Json.Text("files.0.path"));

        using var got = await server.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal("k: 1", await got.Content.ReadAsStringAsync());
        Assert.Equal("text/plain", got.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", got.Content.Headers.ContentDisposition?.DispositionType);

        await server.Client.CallAsync(HttpMethod.Delete, path, null);
        var missing = await server.Client.CallAsync(HttpMethod.Get, path, null);
        Assert.Equal((HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST"), (missing.Status, missing.ErrorCode));
        Assert.Equal(HttpStatusCode.OK, (await server.Client.CallAsync(HttpMethod.Delete, path, null)).Status);
    }

    [Fact]
    public async Task A_browser_uploads_a_small_file_into_a_run()
    {
        await using var server = await MLflowServer.StartAsync();
        var run = await server.Client.RunAsync();
        using var put = await UploadAsync(server, $"?run_uuid={run}&path=up/x.txt", "uploaded");
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        using var got = await server.Client.GetAsync(
            new Uri($"/get-artifact?run_id={run}&path=up/x.txt", UriKind.Relative)
        );
        Assert.Equal("uploaded", await got.Content.ReadAsStringAsync());
        foreach (
            var (query, body, message) in new[]
            {
                ("?path=x", "x", "Request must specify run_uuid."),
                ($"?run_uuid={run}", "x", "Request must specify path."),
                ($"?run_uuid={run}&path=x", "", "Request must specify data."),
                ($"?run_uuid={run}&path=../x", "x", "Invalid path"),
            }
        )
        {
            using var refused = await UploadAsync(server, query, body);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains(message, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static Task<HttpResponseMessage> UploadAsync(MLflowServer server, string query, string content) =>
        server.Client.PostAsync(
            new Uri($"/ajax-api/2.0/mlflow/upload-artifact{query}", UriKind.Relative),
            new StringContent(content)
        );

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a/%2e%2e/x")]
    [InlineData("a/%252e%252e/x")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/x")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a//b")]
    public void A_path_that_leads_elsewhere_is_refused(string path) =>
        Assert.Equal("Invalid path", ArtifactPath.Read(path).Error?.Message);
}
