using Braid.Gateway.Web.Login;
using Braid.Metadata;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;
using PipelineTopics = Braid.Pipelines.Topics;

namespace Braid.Gateway.Web.PipelineViews;

/// <summary>
/// <c>GET /api/pipelines/live</c>: server-sent events. <c>changed</c> says that some pipeline or job changed, and the page asks again; with
/// <c>?set=ID</c> only that a job of this commit set did. They carry nothing, so they tell nobody what they may not know.
/// </summary>
internal sealed class PipelineLiveEndpoint(Database database, BrowserSession session, CancellationToken stopping)
{
    private static readonly TimeSpan heartbeat = TimeSpan.FromSeconds(15);

    public async Task AnswerAsync(HttpContext context)
    {
        if (!(await session.FindCallerAsync(context)).TryGet(out _, out var error))
        {
            await Answer.SendAsync(context, error);
            return;
        }

        // A stream would outlast the server's patience at its end.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await TellAsync(context, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private async Task TellAsync(HttpContext context, CancellationToken ct)
    {
        using var changes = database.Changes.Watch(TopicsOf(context.Request));
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        // The page learns that it is connected now, not with the first change.
        await context.Response.Body.FlushAsync(ct);
        while (true)
        {
            await changes.NextAsync(heartbeat, ct);
            await context.Response.WriteAsync("event: changed\ndata: []\n\n", ct);
            await context.Response.Body.FlushAsync(ct);
        }
    }

    private static IReadOnlyList<string> TopicsOf(HttpRequest request) =>
        Hex32.TryParse(request.Query["set"].ToString(), out var set)
            ? [PipelineTopics.JobSet(new(set))]
            : [PipelineTopics.Pipelines, PipelineTopics.Jobs];
}
