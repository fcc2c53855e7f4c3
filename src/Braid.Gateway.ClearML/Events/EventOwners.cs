using Braid.Gateway.ClearML.Models;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
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
            if (!Primitives.Hex32.TryParse(text, out var id))
            {
                fields.Refuse(isOfModels ? Errors.NoSuchModel(text) : Errors.NoSuchTask(text));
            }

            owners.Add(isOfModels ? new Primitives.ModelId(id) : new Primitives.RunId(id));
        }

        return owners;
    }
}
