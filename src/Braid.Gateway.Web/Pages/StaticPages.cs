using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Pages;

/// <summary>
/// Everything that is a file: the application, whose one page answers every path that is nothing else, and the plain pages for keys and
/// for signing in, which need no application. All are embedded in this assembly; nothing comes from anywhere else.
/// </summary>
internal static class StaticPages
{
    /// <summary>What the application is made of is named by its content, in this folder.</summary>
    private const string assets = "assets/";

    private const string start = "index.html";

    /// <summary>The page of a frame that draws figures; beside it lie its script and its styles.</summary>
    private const string figures = "figures.html";

    public static void Map(WebApplication app, UiFiles plain, UiFiles application)
    {
        app.MapGet("/keys", context => SendPlainAsync(context, plain, "keys.html"));
        app.MapGet("/login", context => SendPlainAsync(context, plain, "login.html"));
        // Where clearml-init, and the file that it writes, send people for keys.
        app.MapGet("/settings/{**rest}", context => RedirectAsync(context, "/keys"));
        foreach (var name in plain.Names.Where(name => !name.EndsWith(".html", StringComparison.Ordinal)))
        {
            app.MapGet("/" + name, context => SendPlainAsync(context, plain, name));
        }

        app.MapMethods("/{**path}", ["GET", "HEAD"], context => SendAsync(context, application, plain));
        // A path of the interface that is none must not look like a page.
        app.Map("/api/{**path}", NoSuchPathAsync);
    }

    private static Task SendAsync(HttpContext context, UiFiles application, UiFiles plain)
    {
        var name = (string?)context.Request.RouteValues["path"] ?? "";
        if (application.Find(name) is { } file)
        {
            Defend(context.Response, name);
            return UiFileAnswer.SendAsync(context, file, name.StartsWith(assets, StringComparison.Ordinal));
        }

        return name.StartsWith(assets, StringComparison.Ordinal) ? NoSuchPathAsync(context)
            : application.Find(start) is { } page ? UiFileAnswer.SendAsync(context, page, isNamedByContent: false)
            : SendPlainAsync(context, plain, "unbuilt.html");
    }

    private static void Defend(HttpResponse response, string name)
    {
        if (name == figures)
        {
            BrowserDefences.LetDraw(response);
        }
        else if (Path.GetFileNameWithoutExtension(figures) == Path.GetFileNameWithoutExtension(name))
        {
            BrowserDefences.LetAnyoneLoad(response);
        }
    }

    private static Task SendPlainAsync(HttpContext context, UiFiles plain, string name) =>
        UiFileAnswer.SendAsync(
            context,
            plain.Find(name) ?? throw new InvalidOperationException($"'{name}' is not embedded"),
            isNamedByContent: false
        );

    private static Task NoSuchPathAsync(HttpContext context) =>
        Answer.SendAsync(
            context,
            new Primitives.Error(
                Primitives.ErrorKind.NotFound,
                "web.no-such-path",
                $"there is nothing at '{context.Request.Path}'"
            )
        );

    private static Task RedirectAsync(HttpContext context, string to)
    {
        context.Response.Redirect(to);
        return Task.CompletedTask;
    }
}
