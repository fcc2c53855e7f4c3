using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Projects;

namespace Braid.Gateway.MLflow.Experiments;

/// <summary>Sets and deletes an experiment's tags.</summary>
internal static class ExperimentTags
{
    private const int longestValue = 5000;

    public static async Task<Result<Answer>> SetAsync(Call call, CancellationToken ct)
    {
        var tag = ReadOne(call.Fields);
        var change = new ProjectChange { SetTags = [tag] };
        return (await ChangeAsync(call, change, ct)).Done();
    }

    public static async Task<Result<Answer>> DeleteAsync(Call call, CancellationToken ct)
    {
        var key = call.Fields.Required("key");
        var change = new ProjectChange { RemoveTags = [key] };
        var changed = await ChangeAsync(call, change, ct);
        return changed.Error is { Code: "tracking.no-such-tag" } missing
            ? missing with
            {
                Message = $"No tag with name: {key} in experiment with id {call.Fields.Text("experiment_id")}",
            }
            : changed.Done();
    }

    /// <summary>The tags that come with a new experiment; of a key given twice the last counts.</summary>
    public static IReadOnlyList<Tag> Read(Fields fields) =>
        [.. fields.Objects("tags").Select(ReadFirst).GroupBy(tag => tag.Key).Select(same => same.Last())];

    private static Tag ReadOne(Fields fields) => Limited(fields, fields.RequiredKey("key"));

    /// <summary>The tags of a new experiment may have any keys.</summary>
    private static Tag ReadFirst(Fields fields) => Limited(fields, fields.Required("key"));

    private static Tag Limited(Fields fields, string key)
    {
        var tag = new Tag(key, fields.Text("value") ?? "");
        if (tag.Value.Length > longestValue)
        {
            fields.Refuse(Errors.TooLong("value", longestValue));
        }

        return tag;
    }

    private static async Task<Result<Project>> ChangeAsync(Call call, ProjectChange change, CancellationToken ct)
    {
        var found = (await call.ExperimentAsync(ct)).Then(project => project.MustBeActive());
        return found.IsOk ? await call.Rooms.Projects.UpdateAsync(call.Caller, found.Value.Id, change, ct) : found;
    }
}
