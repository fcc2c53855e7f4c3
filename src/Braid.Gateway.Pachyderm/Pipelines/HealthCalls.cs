using Braid.Access.Callers;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines.Health;

namespace Braid.Gateway.Pachyderm.Pipelines;

/// <summary>The calls that ask whether pipelines are well.</summary>
internal sealed class HealthCalls(PipelineHealth health)
{
    private const string pps = "pps_v2.API";

    public void Map(CallTable table)
    {
        table.Stream<Pps.CheckStatusRequest, Pps.CheckStatusResponse>(pps, "CheckStatus", CheckAsync);
        table.Apart<Pps.PipelinesSummaryRequest, Pps.PipelinesSummaryResponse>(pps, "PipelinesSummary", CountAsync);
    }

    private async Task<Result<Answers<Pps.CheckStatusResponse>>> CheckAsync(
        Caller caller,
        Pps.CheckStatusRequest request,
        CancellationToken ct
    )
    {
        var project =
            request.ContextCase == Pps.CheckStatusRequest.ContextOneofCase.Project
                ? WireNames.Project(request.Project)
                : null;
        var found = await health.CheckAsync(caller, project, ct);
        return new Answers<Pps.CheckStatusResponse>(found.Select(Alerts));
    }

    private async Task<Result<Pps.PipelinesSummaryResponse>> CountAsync(
        Caller caller,
        Pps.PipelinesSummaryRequest request,
        CancellationToken ct
    )
    {
        var projects = new List<string>();
        foreach (var picker in request.Projects)
        {
            if (!Pickers.Project(picker).TryGet(out var project, out var error))
            {
                return error;
            }

            projects.Add(project);
        }

        var response = new Pps.PipelinesSummaryResponse();
        response.Summaries.AddRange((await health.CountAsync(caller, projects, ct)).Select(Summary));
        return response;
    }

    private static Pps.CheckStatusResponse Alerts(PipelineAlerts found) =>
        new()
        {
            Project = WireNames.ToWire(found.Pipeline.Project),
            Pipeline = found.Pipeline.ToWire(),
            Alerts = { found.Alerts },
        };

    private static Pps.PipelinesSummary Summary(PipelineCounts counts) =>
        new()
        {
            Project = WireNames.ToWire(counts.Project),
            ActivePipelines = counts.Active,
            PausedPipelines = counts.Paused,
            FailedPipelines = counts.Failed,
            UnhealthyPipelines = counts.Unhealthy,
        };
}
