using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Datasets;

/// <summary>Tells tasks that are a version of a data set from others.</summary>
internal static class DatasetTasks
{
    private const string type = "data_processing";

    /// <summary>Whether the call is about one. What else is wrong with the call is said by who handles it.</summary>
    public static async Task<bool> IsAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Task();
        var found = call.Fields.Problem is null
            ? await call.Rooms.Runs.GetAsync(call.Caller, id, RunParts.None, ct)
            : default;
        return call.Fields.Problem is null && found.IsOk && Is(found.Value);
    }

    public static bool Is(Run task) => task.Type == type && task.SystemLabels.Contains(SystemTags.Dataset);
}
