using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Pipelines;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.PipelineViews;

/// <summary>Finds out who asks about which pipeline, and sends what the answer is to them.</summary>
internal static class PipelineAnswer
{
    public static Task SendAsync(
        BrowserSession session,
        HttpContext context,
        Func<Caller, PipelineRef, CancellationToken, Task<Result<JsonObject>>> answer
    ) => new CallerAnswer(session).SendAsync(context, (caller, ct) => answer(caller, PipelineOf(context), ct));

    /// <summary>
    /// A change. Its body is JSON, which no other site's form can send; what it may say is read from the object.
    /// </summary>
    public static Task ChangeAsync(
        BrowserSession session,
        HttpContext context,
        Func<Caller, PipelineRef, JsonObject, CancellationToken, Task<Result<JsonObject>>> change
    ) =>
        SendAsync(
            session,
            context,
            async (caller, pipeline, ct) =>
                (await JsonBody.ReadAsync(context.Request)).TryGet(out var body, out var error)
                    ? await change(caller, pipeline, body, ct)
                    : error
        );

    public static string Word(HttpContext context, string name) => (string?)context.Request.RouteValues[name] ?? "";

    private static PipelineRef PipelineOf(HttpContext context) => new(Word(context, "project"), Word(context, "name"));

    /// <summary>A field that is true where it says so, and false otherwise.</summary>
    public static bool Says(this JsonObject fields, string name) => $"{fields[name]}" == "true";
}
