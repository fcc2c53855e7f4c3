using System.Net;
using System.Net.Http.Headers;

namespace Braid.Gateway.Web.Tests.Pages;

public sealed class PageTests
{
    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/runs/0123456789abcdef0123456789abcdef", "text/html")]
    [InlineData("/login", "text/html")]
    [InlineData("/keys", "text/html")]
    [InlineData("/keys.js", "text/javascript")]
    [InlineData("/app.css", "text/css")]
    [InlineData("/api.js", "text/javascript")]
    public async Task Pages_and_what_they_load_come_from_here_and_may_load_nothing_else(string path, string type)
    {
        await using var host = await WebHost.StartAsync();
        using var answer = await host.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("https://", text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/settings")]
    [InlineData("/settings/workspace-configuration")]
    public async Task Where_clearml_init_sends_people_leads_to_the_keys(string path)
    {
        await using var host = await WebHost.StartAsync();
        using var answer = await host.Client.GetAsync(path);
        Assert.Equal("/keys", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_page_that_has_not_changed_is_not_sent_again()
    {
        await using var host = await WebHost.StartAsync();
        using var first = await host.Client.GetAsync("/app.css");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/app.css");
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));
        using var answer = await host.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
    }
}
