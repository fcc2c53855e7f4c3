using Braid.Gateway.MLflow.Experiments;
using Braid.Gateway.MLflow.LoggedModels;
using Braid.Gateway.MLflow.Runs;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Imports;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;

namespace Braid.Gateway.MLflow.Imports;

/// <summary>
/// <c>POST braid/import/run</c>: a run of another MLflow server, with its id, its times, and everything of it but points and files.
/// The answer says where its files go.
/// </summary>
internal static class RunImport
{
    public static async Task<Result<Answer>> PutAsync(Call call, CancellationToken ct)
    {
        var experiment = await call.ExperimentAsync(ct);
        if (!experiment.IsOk)
        {
            return experiment.Error;
        }

        var run = Read(call.Fields, experiment.Value.Id);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var location = ExperimentJson.LocationOf(experiment.Value);
        return (await call.Rooms.RunImports.PutAsync(call.Caller, run, ct)).Select<Answer>(existed =>
            json =>
            {
                json.WriteString("artifact_uri", RunView.ArtifactUriOf(location, run.Id));
                json.WriteBoolean("existed", existed);
            }
        );
    }

    private static ImportedRun Read(Fields fields, ProjectId project)
    {
        var id = fields.RequiredRun();
        var tags = LoggedModelParts.Pairs(fields, "tags");
        var attributes = RunTags.Setting(tags);
        return new()
        {
            Id = id,
            Project = project,
            Name = fields.Text("run_name") is { Length: > 0 } name ? name : attributes.Name ?? id.ToString(),
            Status = RunStatuses.Read(fields, "status") ?? RunStatus.Created,
            User = fields.Text("user_id") is { Length: > 0 } user ? user : RunTags.ValueOf(tags, RunTags.User) ?? "",
            Comment = attributes.Comment ?? "",
            Parent = attributes.Parent,
            Started = ImportTimes.Read(fields, "start_time"),
            Ended = ImportTimes.Read(fields, "end_time"),
            IsTrashed = fields.Text("lifecycle_stage") == "deleted",
            Tags = attributes.SetTags,
            Parameters =
            [
                .. LoggedModelParts
                    .Pairs(fields, "params")
                    .Select(one => ParameterKeys.ToParameter(one.Key, one.Value)),
            ],
            Datasets = [.. fields.Objects("datasets").Select(InputLogging.ReadOne)],
            Models =
            [
                .. ModelLinks.Read(fields, "input_models", RunModelKind.Input),
                .. ModelLinks.Read(fields, "output_models", RunModelKind.Output),
            ],
        };
    }
}
