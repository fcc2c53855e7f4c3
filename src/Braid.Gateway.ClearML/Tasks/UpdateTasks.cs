using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.update_batch</c>: <c>tasks.update</c>, line by line.</summary>
internal static class UpdateTasks
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        if (!RequestBody.ToLines(call.Batch.Span).TryGet(out var lines, out var error))
        {
            return error;
        }

        if (lines.Count == 0)
        {
            return Errors.EmptyBatch();
        }

        foreach (var line in lines)
        {
            var updated = await UpdateTask.HandleAsync(call.With(line), ct);
            if (!updated.IsOk)
            {
                return updated;
            }
        }

        return new JsonObject { ["updated"] = lines.Count };
    }
}
