using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.PipelineViews;
using Braid.Pipelines;
using Braid.Pipelines.Logs;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.JobViews;

/// <summary>
/// <c>GET /api/pipelines/PROJECT/NAME/jobs/ID/datums/DATUM</c>: a datum with its files and times; <c>GET .../log</c>: the last lines that its
/// programs and workers wrote; <c>POST .../restart</c>: run it again, while its job runs.
/// </summary>
internal sealed class DatumEndpoint(PipelinesHost pipelines, BrowserSession session)
{
    private const int mostLines = 1000;

    public Task AnswerAsync(HttpContext context) =>
        PipelineAnswer.SendAsync(
            session,
            context,
            async (caller, pipeline, ct) =>
                (await pipelines.Datums.InspectAsync(caller, pipeline, JobOf(context), DatumOf(context), ct)).Select(
                    DatumJson.Details
                )
        );

    public Task LogAsync(HttpContext context) =>
        PipelineAnswer.SendAsync(
            session,
            context,
            (caller, pipeline, ct) => ReadLogAsync(caller, pipeline, JobOf(context), DatumOf(context), ct)
        );

    public Task RestartAsync(HttpContext context) =>
        PipelineAnswer.ChangeAsync(
            session,
            context,
            async (caller, pipeline, _, ct) =>
                (await pipelines.Datums.RestartAsync(caller, pipeline, JobOf(context), [DatumOf(context)], ct)).Select(
                    _ => new JsonObject()
                )
        );

    private async Task<Result<JsonObject>> ReadLogAsync(
        Caller caller,
        PipelineRef pipeline,
        string job,
        string datum,
        CancellationToken ct
    )
    {
        var filter = new LogFilter
        {
            Pipeline = pipeline,
            Job = job,
            Datum = datum,
            Tail = mostLines,
        };
        if (!(await pipelines.Logs.ReadAsync(caller, filter, ct)).TryGet(out var lines, out var error))
        {
            return error;
        }

        var read = await lines.ToListAsync(ct);
        return new JsonObject { ["lines"] = new JsonArray([.. read.Select(DatumJson.Line)]) };
    }

    private static string JobOf(HttpContext context) => PipelineAnswer.Word(context, "job");

    private static string DatumOf(HttpContext context) => PipelineAnswer.Word(context, "datum");
}
