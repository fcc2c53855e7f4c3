using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines;
using Braid.Pipelines.Jobs;

namespace Braid.Gateway.Pachyderm.Jobs;

/// <summary>Which jobs a request asks for.</summary>
internal static class JobFilters
{
    public static Result<JobFilter> Read(Pps.ListJobRequest request) =>
        Inputs(request)
            .Select(inputs => new JobFilter
            {
                Projects = [.. request.Projects.Select(WireNames.Project)],
                Pipeline = PipelineOf(request.Pipeline),
                Inputs = inputs,
                History = request.History,
                Marker = request.PaginationMarker?.ToDateTimeOffset(),
                Limit = request.JqFilter.Length > 0 ? 0 : request.Number,
                OldestFirst = request.Reverse,
            });

    public static JobFilter Read(Pps.ListJobSetRequest request) =>
        new()
        {
            Projects = [.. request.Projects.Select(WireNames.Project)],
            Marker = request.PaginationMarker?.ToDateTimeOffset(),
            Limit = request.JqFilter.Length > 0 ? 0 : request.Number,
            OldestFirst = request.Reverse,
        };

    private static PipelineRef? PipelineOf(Pps.Pipeline? pipeline) =>
        pipeline is { Name.Length: > 0 } ? WireNames.Pipeline(pipeline).Value : null;

    private static Result<List<JobInputCommit>> Inputs(Pps.ListJobRequest request)
    {
        var inputs = new List<JobInputCommit>();
        foreach (var commit in request.InputCommit)
        {
            if (!WireNames.Commit(commit).TryGet(out var at, out var error))
            {
                return error;
            }

            if (at.Spec.Id is not { } id)
            {
                return Errors.BadInputCommit(at.Spec.ToString());
            }

            inputs.Add(new(at.Repo.ToString(), id));
        }

        return inputs;
    }
}
