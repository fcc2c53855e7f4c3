using Braid.Gateway.MLflow.Experiments;
using Braid.Gateway.MLflow.LoggedModels;
using Braid.Gateway.MLflow.Registry;
using Braid.Gateway.MLflow.Runs;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Imports;
using Braid.Tracking.Models;

namespace Braid.Gateway.MLflow.Imports;

/// <summary>
/// <c>POST braid/import/logged-model</c> and <c>braid/import/registered-model</c>: models of another MLflow server, with their ids, numbers and
/// times.
/// </summary>
internal static class ModelImport
{
    public static async Task<Result<Answer>> PutLoggedAsync(Call call, CancellationToken ct)
    {
        var experiment = await call.ExperimentAsync(ct);
        if (!experiment.IsOk)
        {
            return experiment.Error;
        }

        var fields = call.Fields;
        var id = LoggedModelId.Required(fields);
        var model = new ImportedModel
        {
            Id = id,
            Project = experiment.Value.Id,
            Name = fields.Required("name"),
            Uri = $"{ExperimentJson.LocationOf(experiment.Value)}/models/{LoggedModelId.Of(id)}/artifacts",
            State = LoggedModelStates.Required(fields),
            StateMessage = fields.Text("status_message") ?? "",
            Type = fields.Text("model_type") ?? "",
            Run = fields.OptionalRun("source_run_id"),
            Created = ImportTimes.Required(fields, "creation_timestamp_ms"),
            LastUpdate = ImportTimes.Required(fields, "last_updated_timestamp_ms"),
            IsTrashed = fields.Text("lifecycle_stage") == "deleted",
            Tags = LoggedModelParts.Pairs(fields, "tags"),
            Parameters = LoggedModelParts.Pairs(fields, "params"),
        };
        return fields.Problem is { } problem
            ? problem
            : Told(await call.Rooms.ModelImports.PutAsync(call.Caller, model, ct), model.Uri);
    }

    public static async Task<Result<Answer>> PutNamedAsync(Call call, CancellationToken ct)
    {
        var fields = call.Fields;
        var name = new ImportedName
        {
            Name = fields.RequiredNewName("name"),
            Description = fields.Text("description") ?? "",
            Created = ImportTimes.Required(fields, "creation_timestamp"),
            LastUpdate = ImportTimes.Required(fields, "last_updated_timestamp"),
            Tags = RegistryFields.Tags(fields),
            Aliases =
            [
                .. fields
                    .Objects("aliases")
                    .Select(one => new ModelAlias(one.Required("alias"), one.RequiredVersion())),
            ],
            Versions = [.. fields.Objects("versions").Select(Version)],
        };
        return fields.Problem is { } problem
            ? problem
            : Told(await call.Rooms.ModelImports.PutAsync(call.Caller, name, ct), null);
    }

    private static ImportedVersion Version(Fields fields) =>
        new()
        {
            Number = fields.RequiredVersion(),
            Uri = fields.Text("source") ?? "",
            Stage = Stages.Read(fields, fields.Text("current_stage") ?? "None") ?? ModelStage.None,
            State = fields.Text("status") switch
            {
                "PENDING_REGISTRATION" => ModelState.Pending,
                "FAILED_REGISTRATION" => ModelState.Failed,
                _ => ModelState.Ready,
            },
            StateMessage = fields.Text("status_message") ?? "",
            Description = fields.Text("description") ?? "",
            User = fields.Text("user_id") ?? "",
            RunLink = fields.Text("run_link") ?? "",
            Run = fields.OptionalRun("run_id"),
            Model = fields.Text("model_id") is { Length: > 0 } ? LoggedModelId.Required(fields) : null,
            Created = ImportTimes.Required(fields, "creation_timestamp"),
            LastUpdate = ImportTimes.Required(fields, "last_updated_timestamp"),
            Tags = RegistryFields.Tags(fields),
        };

    private static Result<Answer> Told(Result<bool> put, string? uri) =>
        put.Select<Answer>(existed =>
            json =>
            {
                json.Text("artifact_uri", uri);
                json.WriteBoolean("existed", existed);
            }
        );
}
