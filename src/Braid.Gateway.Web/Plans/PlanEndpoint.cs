using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Pipelines;
using Braid.Pipelines.Previews;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Plans;

/// <summary>
/// <c>POST /api/plan[?datums=true]</c>: what a spec or a commit would set going. A line of JSON for each datum, if asked for, as it is
/// decided, then one for each pipeline, those upstream first. What goes wrong after the first line is a line, too.
/// </summary>
internal sealed class PlanEndpoint(PlanPreviews plans, BrowserSession session)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var ct = context.RequestAborted;
        if (!(await session.FindCallerAsync(context)).TryGet(out var caller, out var error))
        {
            await Answer.SendAsync(context, error);
            return;
        }

        if (!(await PlanBody.ReadAsync(context.Request.Body, ct)).TryGet(out var question, out error))
        {
            await Answer.SendAsync(context, error);
            return;
        }

        await AnswerAsync(context, caller, question);
    }

    private async Task AnswerAsync(HttpContext context, Caller caller, PlanQuestion question)
    {
        var wantsDatums = context.Request.Query["datums"] == "true";
        var looked = await plans.LookAsync(
            caller,
            question,
            (pipeline, datum) => wantsDatums ? SendAsync(context, Write(pipeline, datum)) : ValueTask.CompletedTask,
            context.RequestAborted
        );
        if (looked.TryGet(out var all, out var error))
        {
            foreach (var pipeline in all)
            {
                await SendAsync(context, Write(pipeline));
            }
        }
        else if (context.Response.HasStarted)
        {
            await SendAsync(context, new() { ["failed"] = error.Message });
        }
        else
        {
            await Answer.SendAsync(context, error);
        }
    }

    private static JsonObject Write(PipelineRef pipeline, DatumPreview datum) =>
        new()
        {
            ["pipeline"] = $"{pipeline}",
            ["datum"] = datum.Id,
            ["runs"] = datum.Runs,
            ["reason"] = datum.Reason,
            ["files"] = Answer.List(datum.Inputs, file => $"{file.Name}:{file.Path}"),
        };

    private static JsonObject Write(PipelinePreview preview) =>
        new()
        {
            ["pipeline"] = $"{preview.Pipeline}",
            ["new"] = preview.IsNew,
            ["run"] = preview.Runs,
            ["skip"] = preview.Skips,
            ["gone"] = preview.Gone,
            ["reasons"] = new JsonObject(
                preview.Reasons.Select(reason => KeyValuePair.Create(reason.Key, (JsonNode?)reason.Value))
            ),
            ["awaits"] = Answer.List(preview.Awaits, pipeline => $"{pipeline}"),
        };

    private static async ValueTask SendAsync(HttpContext context, JsonObject line)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "application/x-ndjson; charset=utf-8";
        }

        await context.Response.WriteAsync(line.ToJsonString() + "\n", context.RequestAborted);
    }
}
