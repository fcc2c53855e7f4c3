using Braid.Gateway.MLflow.LoggedModels;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Models;

namespace Braid.Gateway.MLflow.Runs;

/// <summary>Links logged models to runs: what a run made, and what it read.</summary>
internal static class ModelLinks
{
    public static async Task<Result<Answer>> LogOutputsAsync(Call call, CancellationToken ct)
    {
        var id = call.Fields.RequiredRun();
        var models = Read(call.Fields, RunModelKind.Output);
        return (await call.ChangeRunAsync(id, new() { SetModels = models }, ct)).Done();
    }

    /// <summary>Reads the list <c>models</c>. Within a run a link is named by its model's id: two checkpoints may share a name.</summary>
    public static IReadOnlyList<RunModel> Read(Fields fields, RunModelKind kind) => Read(fields, "models", kind);

    /// <summary>The same, of a list of another name.</summary>
    public static IReadOnlyList<RunModel> Read(Fields fields, string list, RunModelKind kind) =>
        [.. fields.Objects(list).Select(model => ReadOne(model, kind))];

    private static RunModel ReadOne(Fields fields, RunModelKind kind)
    {
        var model = LoggedModelId.Required(fields);
        return new(kind, LoggedModelId.Of(model), model) { Step = fields.Integer("step") ?? 0 };
    }
}
