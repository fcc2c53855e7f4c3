using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.add_or_update_artifacts</c>, <c>delete_artifacts</c>: the descriptions; the bytes are on the file server.</summary>
internal static class EditArtifacts
{
    public static Task<Result<JsonObject>> SetAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Task();
        var artifacts = Items(call.Fields, TaskArtifact.Read);
        return ChangeAsync(call, id, new() { SetArtifacts = artifacts }, "updated", ct);
    }

    public static Task<Result<JsonObject>> DeleteAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Task();
        var keys = Items(call.Fields, TaskArtifact.ReadId);
        return ChangeAsync(call, id, new() { RemoveArtifacts = keys }, "deleted", ct);
    }

    private static IReadOnlyList<T> Items<T>(Fields fields, Func<Fields, T> read)
    {
        var items = fields.Objects("artifacts").Select(item => new Fields(item)).ToList();
        var all = items.Select(read).ToList();
        if (items.Find(item => item.Problem is not null)?.Problem is { } problem)
        {
            fields.Refuse(problem);
        }

        return all;
    }

    private static async Task<Result<JsonObject>> ChangeAsync(
        ApiCall call,
        RunId id,
        RunChange change,
        string counted,
        CancellationToken ct
    )
    {
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var changed = await call.Rooms.Runs.UpdateAsync(call.Caller, id, change, ct);
        return changed.Select(_ => new JsonObject { [counted] = 1 });
    }
}
