using System.Text.Json.Nodes;
using Braid.Gateway.Web.Login;
using Braid.Pipelines;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.PipelineViews;

/// <summary>
/// <c>GET /api/pipelines?project=</c>: every pipeline with what it reads, how it stands and its newest job, by project and name; what
/// the graph of a project reads from other projects is found in the inputs.
/// </summary>
internal sealed class PipelineListEndpoint(PipelinesHost pipelines, BrowserSession session)
{
    private const int mostPipelines = 10_000;

    public Task AnswerAsync(HttpContext context) =>
        new CallerAnswer(session).SendAsync(
            context,
            async (caller, ct) =>
            {
                var project = context.Request.Query["project"].ToString();
                var all = await pipelines.Overviews.ListAsync(caller, ct);
                var wanted = all.Where(one => project.Length == 0 || one.Pipeline.Pipeline.Project == project).ToList();
                return Result.Ok(
                    new JsonObject
                    {
                        ["projects"] = Answer.List(
                            all.Select(one => one.Pipeline.Pipeline.Project).Distinct(),
                            name => name
                        ),
                        ["count"] = wanted.Count,
                        ["pipelines"] = Answer.List(wanted.Take(mostPipelines), PipelineJson.Overview),
                    }
                );
            }
        );
}
