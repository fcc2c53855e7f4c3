using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.get_hyper_params</c>, <c>edit_hyper_params</c>, <c>delete_hyper_params</c></summary>
internal static class EditHyperParameters
{
    public static async Task<Result<JsonObject>> GetAsync(ApiCall call, CancellationToken ct)
    {
        var ids = call.Fields.Tasks("tasks");
        if (ids is null)
        {
            call.Fields.Refuse(Errors.MissingField("tasks"));
        }

        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Runs.GetManyAsync(call.Caller, ids ?? [], RunParts.Parameters, ct);
        return found.Select(runs => new JsonObject { ["params"] = new JsonArray([.. runs.Select(ParametersOf)]) });
    }

    public static async Task<Result<JsonObject>> EditAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Task();
        var edit = new ParameterEdit
        {
            Set = HyperParameters.ReadList(fields, "hyperparams"),
            Replace = Replacement(fields),
        };
        return await ChangeAsync(call, id, edit, "updated", ct);
    }

    public static async Task<Result<JsonObject>> DeleteAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Task();
        var keys = fields.Objects("hyperparams").Select(item => HyperParameters.ReadKey(fields, item)).ToList();
        return await ChangeAsync(call, id, new() { Remove = keys }, "deleted", ct);
    }

    private static async Task<Result<JsonObject>> ChangeAsync(
        ApiCall call,
        RunId id,
        ParameterEdit edit,
        string counted,
        CancellationToken ct
    )
    {
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var changed = await call.Rooms.Runs.UpdateAsync(call.Caller, id, new() { Parameters = edit }, ct);
        return changed.Select(_ => new JsonObject { [counted] = 1 });
    }

    private static ParameterReplacement Replacement(Fields fields)
    {
        switch (fields.Text("replace_hyperparams"))
        {
            case null or "none":
                return ParameterReplacement.None;
            case "section":
                return ParameterReplacement.Section;
            case "all":
                return ParameterReplacement.All;
            default:
                fields.Refuse(Errors.InvalidField("replace_hyperparams", "none, section or all"));
                return default;
        }
    }

    private static JsonObject ParametersOf(Run run) =>
        new()
        {
            ["task"] = run.Id.ToString(),
            ["hyperparams"] = new JsonArray([.. run.Parameters.Select(HyperParameters.Item)]),
        };
}
