using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Projects;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Pipelines;

/// <summary><c>pipelines.delete_runs</c>: runs of a pipeline with their steps; one run at least stays, or the pipeline would be gone.</summary>
internal static class DeletePipelineRuns
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var project = fields.Project("project");
        if (!fields.Has("ids"))
        {
            fields.Refuse(Errors.MissingField("ids"));
        }

        var ids = fields.Names("ids");
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var runs = await call.Rooms.Runs.QueryAsync(
            call.Caller,
            new() { Projects = [project], Parts = RunParts.None },
            ct
        );
        if (!runs.TryGet(out var all, out var error))
        {
            return error;
        }

        if (all.Items.Where(IsPipeline).All(run => ids.Contains(run.Id.ToString())))
        {
            return Errors.CannotRemoveAllRuns(ids.Count);
        }

        var here = all.Items.ToDictionary(run => run.Id.ToString(), StringComparer.Ordinal);
        var reply = new BatchReply();
        foreach (var id in ids)
        {
            reply.Add(id, here.ContainsKey(id) ? await DeleteAsync(call, id, ct) : Errors.NoSuchTask(id));
        }

        return reply.ToData();
    }

    private static bool IsPipeline(Run run) => run.SystemLabels.Contains(ProjectKinds.Pipeline);

    private static Task<Result<JsonObject>> DeleteAsync(ApiCall call, string id, CancellationToken ct)
    {
        var request = call.Fields.Json.DeepClone().AsObject();
        request["task"] = id;
        request["force"] = true;
        request["include_pipeline_steps"] = true;
        return DeleteTask.HandleAsync(call.With(request), ct);
    }
}
