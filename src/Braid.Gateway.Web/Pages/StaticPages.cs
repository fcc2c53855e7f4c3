using System.Collections.Frozen;
using Braid.Primitives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Braid.Gateway.Web.Pages;

/// <summary>The pages and what they load, embedded in this assembly; nothing comes from anywhere else.</summary>
internal static class StaticPages
{
    private static readonly FrozenDictionary<string, Page> pages = Load();

    public static void Map(WebApplication app)
    {
        app.MapGet("/", context => SendAsync(context, "index.html"));
        app.MapGet("/runs/{id}", context => SendAsync(context, "run.html"));
        app.MapGet("/keys", context => SendAsync(context, "keys.html"));
        // Where clearml-init, and the file that it writes, send people for keys.
        app.MapGet("/settings/{**rest}", context => RedirectAsync(context, "/keys"));
        app.MapGet("/login", context => SendAsync(context, "login.html"));
        foreach (var name in pages.Keys.Where(name => !name.EndsWith(".html", StringComparison.Ordinal)))
        {
            app.MapGet("/" + name, context => SendAsync(context, name));
        }
    }

    private static Task RedirectAsync(HttpContext context, string to)
    {
        context.Response.Redirect(to);
        return Task.CompletedTask;
    }

    private static async Task SendAsync(HttpContext context, string name)
    {
        var page = pages[name];
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = page.Tag;
        headers.CacheControl = new() { NoCache = true };
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Compare(page.Tag, useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = page.ContentType;
        context.Response.ContentLength = page.Content.Length;
        await context.Response.Body.WriteAsync(page.Content, context.RequestAborted);
    }

    private static FrozenDictionary<string, Page> Load()
    {
        var assembly = typeof(StaticPages).Assembly;
        return assembly.GetManifestResourceNames().ToFrozenDictionary(name => name, name => Read(assembly, name));
    }

    private static Page Read(System.Reflection.Assembly assembly, string name)
    {
        using var resource = assembly.GetManifestResourceStream(name)!; // the name came from the assembly
        using var content = new MemoryStream();
        resource.CopyTo(content);
        var bytes = content.ToArray();
        return new(bytes, ContentTypeOf(name), new($"\"{Sha256Hash.Of(bytes).ToString()[..16]}\""));
    }

    private static string ContentTypeOf(string name) =>
        Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            var other => throw new InvalidOperationException($"no content type for {other}"),
        };

    private sealed record Page(byte[] Content, string ContentType, EntityTagHeaderValue Tag);
}
