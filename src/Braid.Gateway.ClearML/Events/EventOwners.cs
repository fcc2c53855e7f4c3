using Braid.Gateway.ClearML.Models;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Events;

/// <summary>Whose events a request means: a task's, or with <c>model_event(s)</c> a model's.</summary>
internal static class EventOwners
{
    public static SeriesOwner Owner(this Fields fields, string modelFlag = "model_events") =>
        fields.Flag(modelFlag) == true ? fields.Model("task") : fields.Task();

    public static IReadOnlyList<SeriesOwner> Owners(this Fields fields)
    {
        var isOfModels = fields.Flag("model_events") == true;
        var owners = new List<SeriesOwner>();
        foreach (var text in fields.Names("tasks"))
        {
            if (!Hex32.TryParse(text, out var id))
            {
                fields.Refuse(isOfModels ? Errors.NoSuchModel(text) : Errors.NoSuchTask(text));
            }

            owners.Add(isOfModels ? new ModelId(id) : new RunId(id));
        }

        return owners;
    }

    /// <summary>The names of those that are tasks.</summary>
    public static async Task<Result<Dictionary<Hex32, string>>> NamesAsync(
        ApiCall call,
        IReadOnlyList<SeriesOwner> owners,
        CancellationToken ct
    )
    {
        var ids = owners.Where(owner => !owner.IsModel).Select(owner => new RunId(owner.Id)).ToList();
        var found = await call.Rooms.Runs.GetManyAsync(call.Caller, ids, RunParts.None, ct);
        return found.Select(runs => runs.ToDictionary(run => run.Id.Value, run => run.Name));
    }
}
