using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Pipelines;

/// <summary>The tasks that a pipeline's controller has started: its children.</summary>
internal static class PipelineSteps
{
    private const string controller = "controller";

    /// <summary>None when the task is no controller.</summary>
    public static async Task<Result<IReadOnlyList<Run>>> OfAsync(ApiCall call, RunId pipeline, CancellationToken ct)
    {
        var found = await call.Rooms.Runs.GetAsync(call.Caller, pipeline, RunParts.None, ct);
        if (!found.TryGet(out var run, out var error))
        {
            return error;
        }

        if (run.Type != controller)
        {
            return Array.Empty<Run>();
        }

        var children = new RunQuery
        {
            Where = new Filter.Compare(RunFields.Parent, Comparison.Equal, pipeline.ToString()),
            Parts = RunParts.None,
        };
        return (await call.Rooms.Runs.QueryAsync(call.Caller, children, ct)).Select(page => page.Items);
    }
}
