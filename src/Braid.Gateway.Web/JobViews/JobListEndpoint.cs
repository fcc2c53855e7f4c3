using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.PipelineViews;
using Braid.Pipelines;
using Braid.Pipelines.Jobs;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.JobViews;

/// <summary>
/// <c>GET /api/pipelines/PROJECT/NAME/jobs?limit=&amp;before=</c>: a pipeline's jobs, the newest first; <c>before</c> is the <c>next</c> of
/// the page before.
/// </summary>
internal sealed class JobListEndpoint(PipelinesHost pipelines, BrowserSession session)
{
    private const int usualJobs = 50;
    private const int mostJobs = 500;

    public Task AnswerAsync(HttpContext context) =>
        PipelineAnswer.SendAsync(
            session,
            context,
            (caller, pipeline, ct) => ListAsync(context.Request, caller, pipeline, ct)
        );

    private async Task<Result<JsonObject>> ListAsync(
        HttpRequest request,
        Caller caller,
        PipelineRef pipeline,
        CancellationToken ct
    )
    {
        var limit = LimitOf(request);
        var filter = new JobFilter
        {
            Pipeline = pipeline,
            Marker = MarkerOf(request),
            Limit = limit + 1,
        };
        var jobs = await pipelines.Jobs.ListAsync(caller, filter, ct);
        return jobs.Select(found => new JsonObject
        {
            ["jobs"] = Answer.List(found.Take(limit), JobJson.Summary),
            ["next"] = found.Count > limit ? found[limit - 1].Created : null,
        });
    }

    private static int LimitOf(HttpRequest request) =>
        int.TryParse(request.Query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? Math.Clamp(limit, 1, mostJobs)
            : usualJobs;

    private static DateTimeOffset? MarkerOf(HttpRequest request) =>
        DateTimeOffset.TryParse(
            request.Query["before"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.RoundtripKind,
            out var before
        )
            ? before
            : null;
}
