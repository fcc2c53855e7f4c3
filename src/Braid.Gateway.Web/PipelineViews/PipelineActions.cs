using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Pipelines;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.PipelineViews;

/// <summary>
/// What is done with a pipeline: <c>POST /api/pipelines/PROJECT/NAME/start</c>, <c>stop</c>, <c>tick</c> (its cron inputs, now), <c>rerun</c>
/// (<c>{"reprocess": true}</c>: every datum), and <c>DELETE</c> (<c>{"force": true, "keepRepo": true}</c>).
/// </summary>
internal sealed class PipelineActions(PipelinesHost pipelines, BrowserSession session)
{
    public Task StartAsync(HttpContext context) =>
        DoAsync(context, (caller, pipeline, _, ct) => pipelines.Pipelines.StartAsync(caller, pipeline, ct));

    public Task StopAsync(HttpContext context) =>
        DoAsync(context, (caller, pipeline, _, ct) => pipelines.Pipelines.StopAsync(caller, pipeline, ct));

    public Task TickAsync(HttpContext context) =>
        DoAsync(context, (caller, pipeline, _, ct) => pipelines.Cron.RunAsync(caller, pipeline, ct));

    public Task RerunAsync(HttpContext context) =>
        DoAsync(
            context,
            (caller, pipeline, body, ct) => pipelines.Pipelines.RerunAsync(caller, pipeline, body.Says("reprocess"), ct)
        );

    public Task DeleteAsync(HttpContext context) =>
        DoAsync(
            context,
            async (caller, pipeline, body, ct) =>
            {
                var (force, keepRepo) = (body.Says("force"), body.Says("keepRepo"));
                var deleted = await pipelines.Pipelines.DeleteAsync(caller, pipeline, force, keepRepo, ct);
                return deleted.Then<Unit>(existed => existed ? Unit.Value : NoSuchPipeline(pipeline));
            }
        );

    private Task DoAsync(
        HttpContext context,
        Func<Caller, PipelineRef, JsonObject, CancellationToken, Task<Result<Unit>>> act
    ) =>
        PipelineAnswer.ChangeAsync(
            session,
            context,
            async (caller, pipeline, body, ct) => (await act(caller, pipeline, body, ct)).Select(_ => new JsonObject())
        );

    private static Error NoSuchPipeline(PipelineRef pipeline) =>
        new(ErrorKind.NotFound, "web.no-such-pipeline", $"there is no pipeline {pipeline}");
}
