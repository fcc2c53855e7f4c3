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
