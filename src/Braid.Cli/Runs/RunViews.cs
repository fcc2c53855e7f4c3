using System.Text.Json.Nodes;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Connection.Tracking;
using Braid.Grpc.Statuses;
using Braid.Protos.Pps;

namespace Braid.Cli.Runs;

/// <summary>What one protocol calls a run: its word for it, the ID it answers, its name and its state.</summary>
internal sealed record RunView(string Protocol, string Word, string Id, string Name, string State);

/// <summary>Asks all three protocols for one ID.</summary>
internal sealed class RunViews(PachClient pach, ClearMLClient clearml, MLflowClient mlflow)
{
    /// <summary>The views of the protocols that know the ID.</summary>
    public async Task<IReadOnlyList<RunView>> OfAsync(string id, CancellationToken ct)
    {
        RunView?[] views = [.. await JobsAsync(id, ct), await TaskAsync(id, ct), await RunAsync(id, ct)];
        return [.. views.OfType<RunView>()];
    }

    /// <summary>Over gRPC: the job, or all jobs of the set.</summary>
    private async Task<IReadOnlyList<RunView>> JobsAsync(string id, CancellationToken ct)
    {
        var request = new InspectJobSetRequest { JobSet = new() { Id = id } };
        var views = new List<RunView>();
        try
        {
            await foreach (var job in pach.StreamAsync(PpsMethods.InspectJobSet, request, ct))
            {
                var state = job.State.ToString().Replace("Job", "", StringComparison.Ordinal).ToLowerInvariant();
                views.Add(new("Pachyderm", "job", job.Job.Id, job.Job.Pipeline.Name, state));
            }
        }
        catch (GrpcException refused) when (refused.Status.Code is GrpcCode.NotFound)
        {
            // This ID came about through another protocol.
        }

        return views;
    }

    /// <summary>Over ClearML's REST.</summary>
    private async Task<RunView?> TaskAsync(string id, CancellationToken ct)
    {
        var query = new JsonObject
        {
            ["id"] = new JsonArray(id),
            ["only_fields"] = new JsonArray("id", "name", "status"),
            ["search_hidden"] = true,
        };
        var found = (await clearml.CallAsync("tasks.get_all", query, ct))["tasks"] as JsonArray;
        return found is [{ } task, ..]
            ? new("ClearML", "task", Text(task["id"]), Text(task["name"]), Text(task["status"]))
            : null;
    }

    /// <summary>Over MLflow's REST.</summary>
    private async Task<RunView?> RunAsync(string id, CancellationToken ct) =>
        (await mlflow.GetAsync($"runs/get?run_id={id}", ct))?["run"]?["info"] is { } run
            ? new("MLflow", "run", Text(run["run_id"]), Text(run["run_name"]), Text(run["status"]))
            : null;

    private static string Text(JsonNode? node) => node?.ToString() ?? "";
}
