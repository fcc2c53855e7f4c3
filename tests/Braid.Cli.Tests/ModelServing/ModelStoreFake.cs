using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Braid.Cli.Tests.ModelServing;

/// <summary>A server whose artifacts are one file, of which it says what it likes.</summary>
internal sealed class ModelStoreFake : IAsyncDisposable
{
    private readonly WebApplication app;

    private ModelStoreFake(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    public static async Task<ModelStoreFake> StartAsync(string name, long size, string content, string? tag)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(async http =>
        {
            if (http.Request.Query.ContainsKey("path"))
            {
                var file = new JsonObject
                {
                    ["path"] = name,
                    ["is_dir"] = false,
                    ["file_size"] = size,
                };
                await http.Response.WriteAsync(new JsonObject { ["files"] = new JsonArray(file) }.ToJsonString());
                return;
            }

            if (tag is not null)
            {
                http.Response.Headers.ETag = tag;
            }

            await http.Response.WriteAsync(content);
        });
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
