using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.PipelineViews;
using Braid.Gateway.Web.Runs;
using Braid.Pipelines;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.JobViews;

/// <summary>
/// <c>GET /api/pipelines/PROJECT/NAME/jobs/ID</c>: a job with the commits that it reads, what its workers do, what it cost, and the other
/// jobs of its commit set; <c>POST .../stop</c> kills it.
/// </summary>
internal sealed class JobEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int mostOfSet = 200;

    public Task AnswerAsync(HttpContext context) =>
        PipelineAnswer.SendAsync(
            session,
            context,
            (caller, pipeline, ct) => ReadAsync(caller, pipeline, PipelineAnswer.Word(context, "job"), ct)
        );

    public Task StopAsync(HttpContext context) =>
        PipelineAnswer.ChangeAsync(
            session,
            context,
            async (caller, pipeline, _, ct) =>
            {
                var id = PipelineAnswer.Word(context, "job");
                var stopped = await rooms.Pipelines.Jobs.StopAsync(caller, pipeline, id, "", ct);
                return stopped.Select(_ => new JsonObject());
            }
        );

    private async Task<Result<JsonObject>> ReadAsync(
        Caller caller,
        PipelineRef pipeline,
        string id,
        CancellationToken ct
    )
    {
        if (
            !(await rooms.Pipelines.Jobs.InspectAsync(caller, pipeline, id, wait: false, ct)).TryGet(
                out var job,
                out var error
            )
        )
        {
            return error;
        }

        var inputs = await rooms.Inputs.OfRunAsync(caller, job.Run, ct);
        var set = await rooms.Pipelines.Jobs.InspectSetAsync(caller, job.Set, wait: false, ct);
        if ((inputs.Error ?? set.Error) is { } refused)
        {
            return refused;
        }

        var answer = JobJson.Summary(job);
        answer["branch"] = job.Spec.OutputBranch;
        answer["stats"] = JobJson.Stats(job.Stats);
        answer["inputs"] = Answer.List(inputs.Value, RunJson.Input);
        answer["workers"] = Answer.List(job.Workers, JobJson.Worker);
        answer["set"] = Answer.List(set.Value.Jobs.Take(mostOfSet), JobJson.Summary);
        return answer;
    }
}
