using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary>The models that a task made.</summary>
internal static class OutputModels
{
    /// <summary>The answer of whoever deletes none.</summary>
    public static Result<IReadOnlyList<string>> None { get; } = Result.Ok<IReadOnlyList<string>>([]);

    /// <summary>Deletes those that are drafts and that no task reads; the addresses of those that went.</summary>
    public static async Task<Result<IReadOnlyList<string>>> DeleteDraftsAsync(
        ApiCall call,
        RunId task,
        StoredFiles files,
        CancellationToken ct
    )
    {
        var drafts = new ModelQuery
        {
            Runs = [task],
            Where = IsPublished(false),
            Lifecycle = Tracking.Lifecycle.Any,
        };
        var found = await call.Rooms.Models.QueryAsync(call.Caller, drafts, ct);
        var deleted = new List<string>();
        foreach (var model in found.IsOk ? found.Value.Items : [])
        {
            var readers = await call.Rooms.Models.RunsOfAsync(call.Caller, model.Id, RunModelKind.Input, ct);
            if (readers.IsOk && readers.Value.Count == 0)
            {
                var gone = await call.Rooms.Models.DeleteAsync(call.Caller, model.Id, files, ct);
                deleted.AddRange(gone.Select(_ => model.Uri) is { IsOk: true } uri ? [uri.Value] : []);
            }
        }

        return found.Select<IReadOnlyList<string>>(_ => deleted);
    }

    public static async Task<Result<bool>> AnyPublishedAsync(ApiCall call, RunId task, CancellationToken ct)
    {
        var count = await call.Rooms.Models.CountAsync(
            call.Caller,
            new() { Runs = [task], Where = IsPublished(true) },
            ct
        );
        return count.Select(models => models > 0);
    }

    private static Filter IsPublished(bool value) =>
        new Filter.Compare(ModelFields.IsPublished, Comparison.Equal, value);
}
