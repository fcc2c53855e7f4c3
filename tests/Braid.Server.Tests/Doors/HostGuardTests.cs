using Braid.Server.Doors;
using Microsoft.AspNetCore.Http;

namespace Braid.Server.Tests.Doors;

public sealed class HostGuardTests
{
    [Theory]
    [InlineData("localhost:8080", null, true)]
    [InlineData("127.0.0.1:5000", null, true)]
    [InlineData("[::1]:5000", "http://localhost:8080", true)]
    [InlineData("evil.example:5000", null, false)]
    [InlineData("192.168.1.5:5000", null, false)]
    [InlineData("localhost:5000", "https://evil.example", false)]
    [InlineData("localhost:5000", "null", false)]
    public async Task Only_loopback_names_and_origins_pass(string host, string? origin, bool passes)
    {
        var context = new DefaultHttpContext();
        context.Request.Host = new(host);
        if (origin is not null)
        {
            context.Request.Headers.Origin = origin;
        }

        var passed = false;
        await HostGuard.RefuseForeignNamesAsync(
            context,
            _ =>
            {
                passed = true;
                return Task.CompletedTask;
            }
        );
        Assert.Equal(passes, passed);
        Assert.Equal(passes ? 200 : 403, context.Response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "no-cors", true)]
    [InlineData("GET", "cors", false)]
    [InlineData("POST", "no-cors", false)]
    public async Task A_page_without_an_origin_may_load_what_it_cannot_read(string method, string mode, bool passes)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Host = new("localhost:8080");
        context.Request.Headers.Origin = "null";
        context.Request.Headers["Sec-Fetch-Mode"] = mode;

        await HostGuard.RefuseForeignNamesAsync(context, _ => Task.CompletedTask);

        Assert.Equal(passes ? 200 : 403, context.Response.StatusCode);
    }
}
