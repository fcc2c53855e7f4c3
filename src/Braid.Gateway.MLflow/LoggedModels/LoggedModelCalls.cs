using Braid.Gateway.MLflow.Experiments;
using Braid.Gateway.MLflow.Runs;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Models;

namespace Braid.Gateway.MLflow.LoggedModels;

/// <summary>Makes, reads, finishes and deletes logged models.</summary>
internal static class LoggedModelCalls
{
    public static async Task<Result<Answer>> CreateAsync(Call call, CancellationToken ct)
    {
        var fields = call.Fields;
        var name = fields.Text("name");
        var type = fields.Text("model_type") ?? "";
        var run = fields.OptionalRun("source_run_id");
        var parameters = LoggedModelParts.Pairs(fields, "params");
        var tags = LoggedModelParts.Pairs(fields, "tags");
        var experiment = (await call.ExperimentAsync(ct)).Then(project => project.MustBeActive());
        if ((experiment.Error ?? NameProblem(name)) is { } problem)
        {
            return problem;
        }

        var id = new ModelId(call.Rooms.Ids.Next());
        var location = ExperimentJson.LocationOf(experiment.Value);
        var model = new NewModel
        {
            Id = id,
            Name = string.IsNullOrEmpty(name) ? RunNames.Invent(call.Rooms.Ids) : name,
            Project = experiment.Value.Id,
            Run = run,
            Type = type,
            State = ModelState.Pending,
            With = new()
            {
                Uri = $"{location}/models/{LoggedModelId.Of(id)}/artifacts",
                SetTags = tags,
                SetParameters = parameters,
            },
        };
        var made = await call.Rooms.Models.CreateAsync(call.Caller, model, ct);
        return made.IsOk ? await LoggedModelJson.AnswerAsync(call, made.Value, ct) : made.Error;
    }

    public static async Task<Result<Answer>> GetAsync(Call call, CancellationToken ct)
    {
        var found = await call.LoggedModelAsync(ct);
        return found.IsOk ? await LoggedModelJson.AnswerAsync(call, found.Value, ct) : found.Error;
    }

    /// <summary>Says that the model's files are complete, or that uploading them failed.</summary>
    public static async Task<Result<Answer>> FinalizeAsync(Call call, CancellationToken ct)
    {
        var state = LoggedModelStates.Required(call.Fields);
        var changed = await call.ChangeModelAsync(new() { State = state }, ct);
        return changed.IsOk ? await LoggedModelJson.AnswerAsync(call, changed.Value, ct) : changed.Error;
    }

    public static async Task<Result<Answer>> DeleteAsync(Call call, CancellationToken ct)
    {
        var found = await call.LoggedModelAsync(ct);
        return found.IsOk ? (await call.Rooms.Models.TrashAsync(call.Caller, found.Value.Id, ct)).Done() : found.Error;
    }

    /// <summary>The model that the call names; a deleted one is not found.</summary>
    public static async Task<Result<Model>> LoggedModelAsync(this Call call, CancellationToken ct)
    {
        var id = LoggedModelId.Required(call.Fields);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var missing = LoggedModelId.NoModel(LoggedModelId.Of(id));
        var found = await call.Rooms.Models.GetAsync(call.Caller, id, ct);
        return found.IsOk && found.Value.Trashed is not null ? Errors.NotFound(missing) : found.NotFoundAs(missing);
    }

    /// <summary>Changes the model that the call names.</summary>
    public static async Task<Result<Model>> ChangeModelAsync(this Call call, ModelChange change, CancellationToken ct)
    {
        var found = await call.LoggedModelAsync(ct);
        return found.IsOk ? await call.Rooms.Models.UpdateAsync(call.Caller, found.Value.Id, change, ct) : found;
    }

    private static Error? NameProblem(string? name) =>
        name is not null && name.AsSpan().IndexOfAny("/:.%\"'") >= 0
            ? Errors.Invalid(
                $"Invalid model name ({Errors.PythonText(name)}) provided. Model name must be a non-empty string and cannot contain the"
                    + " following characters: ('/', ':', '.', '%', '\"', \"'\")"
            )
            : null;
}
