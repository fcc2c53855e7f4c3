using System.Text.Json.Nodes;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.MLflow.Runs;

/// <summary>Keeps what clients of the 2.x line say about a model they logged: a JSON list in one tag of the run.</summary>
internal static class ModelHistory
{
    private const string tag = "mlflow.log-model.history";

    private static readonly string[] mandatory = ["artifact_path", "flavors", "utc_time_created", "run_id"];

    public static async Task<Result<Answer>> LogAsync(Call call, CancellationToken ct)
    {
        var id = call.Fields.RequiredRun();
        var text = call.Fields.Required("model_json");
        var model = call.Fields.Problem is { } problem ? problem : Parse(text);
        if (!model.IsOk)
        {
            return model.Error;
        }

        var changed = await call.Rooms.Runs.ChangeAsync(call.Caller, id, run => Append(run, model.Value), ct);
        return changed.OnRun(id).Done();
    }

    private static Result<JsonObject> Parse(string text)
    {
        try
        {
            if (JsonNode.Parse(text) is not JsonObject model)
            {
                return Errors.Invalid("Malformed model info. It is not a JSON object.");
            }

            var missing = mandatory.Where(name => !model.ContainsKey(name)).Select(name => $"'{name}'").ToList();
            return missing.Count == 0
                ? model
                : Errors.Invalid($"Model json is missing mandatory fields: {{{string.Join(", ", missing)}}}");
        }
        catch (System.Text.Json.JsonException refusal)
        {
            return Errors.Invalid($"Malformed model info. {refusal.Message}");
        }
    }

    private static Result<RunChange> Append(Run run, JsonObject model)
    {
        var history = RunTags.ValueOf(run.Tags, tag) is { } text ? JsonNode.Parse(text)?.AsArray() ?? [] : [];
        history.Add(model.DeepClone());
        return new RunChange { SetTags = [new(tag, history.ToJsonString())] };
    }
}
