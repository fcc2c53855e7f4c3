using System.IO.Compression;
using System.Net;
using System.Text;
using Braid.Gateway.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Braid.Gateway.Web.Tests.Pages;

/// <summary>The application's files, as if it had been built.</summary>
public sealed class ApplicationTests : IAsyncLifetime
{
    private const string page = "<!doctype html><title>Braid</title>";
    private const string script = "export {};";

    private readonly HttpClient client = new();
    private WebApplication? app;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        StaticPages.Map(
            app,
            UiFiles.Plain(),
            new([
                new("index.html.gz", Zip(page)),
                new("figures.html.gz", Zip(page)),
                new("figures.js.gz", Zip(script)),
                new("assets/index-1a2b.js.gz", Zip(script)),
            ])
        );
        await app.StartAsync();
        client.BaseAddress = new(app.Urls.First());
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await app!.DisposeAsync(); // made before any test
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/runs?filter=metrics.loss%20%3C%201&sort=-started")]
    [InlineData("/runs/0123456789abcdef0123456789abcdef/console")]
    [InlineData("/a/page/of/tomorrow")]
    public async Task Every_path_that_is_nothing_else_is_the_application_and_is_asked_for_anew(string path)
    {
        using var answer = await client.GetAsync(path);
        Assert.Equal(page, await answer.Content.ReadAsStringAsync());
        Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
        Assert.NotNull(answer.Headers.ETag);
    }

    [Fact]
    public async Task What_is_named_by_its_content_is_kept_for_good()
    {
        using var answer = await client.GetAsync("/assets/index-1a2b.js");
        Assert.Equal(script, await answer.Content.ReadAsStringAsync());
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl?.ToString());
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Files_are_sent_compressed_to_who_takes_them_so()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/index-1a2b.js");
        request.Headers.AcceptEncoding.ParseAdd("gzip, br");
        using var answer = await client.SendAsync(request);
        Assert.Equal("gzip", answer.Content.Headers.ContentEncoding.Single());
        Assert.Equal(Zip(script), await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_page_that_draws_figures_has_no_origin_and_can_load_its_script_all_the_same()
    {
        using var frame = await client.GetAsync("/figures.html");
        var policy = frame.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith(
            "sandbox allow-scripts allow-downloads; default-src 'none';",
            policy,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("allow-same-origin", policy, StringComparison.Ordinal);
        using var loaded = await client.GetAsync("/figures.js");
        Assert.Equal("cross-origin", loaded.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
    }

    [Theory]
    [InlineData("/api/no-such-thing")]
    [InlineData("/assets/of-an-older-version.js")]
    public async Task What_is_missing_is_never_answered_with_a_page(string path)
    {
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/keys", "Key pairs")]
    [InlineData("/login", "Access key")]
    public async Task Signing_in_and_keys_need_no_application(string path, string text) =>
        Assert.Contains(text, await client.GetStringAsync(path), StringComparison.Ordinal);

    private static byte[] Zip(string text)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
