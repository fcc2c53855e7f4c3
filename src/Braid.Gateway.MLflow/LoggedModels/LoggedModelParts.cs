using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking;

namespace Braid.Gateway.MLflow.LoggedModels;

/// <summary>A logged model's tags and parameters.</summary>
internal static class LoggedModelParts
{
    public static async Task<Result<Answer>> SetTagsAsync(Call call, CancellationToken ct)
    {
        var tags = Pairs(call.Fields, "tags");
        return (await call.ChangeModelAsync(new() { SetTags = tags }, ct)).Done();
    }

    public static async Task<Result<Answer>> DeleteTagAsync(Call call, CancellationToken ct)
    {
        var key = call.Fields.Required("tag_key");
        var found = await call.LoggedModelAsync(ct);
        if (!found.IsOk)
        {
            return found.Error;
        }

        var changed = await call.ChangeModelAsync(new() { RemoveTags = [key] }, ct);
        var id = LoggedModelId.Of(found.Value.Id);
        return changed.NotFoundAs($"No tag with key '{key}' found for model with ID '{id}'.").Done();
    }

    public static async Task<Result<Answer>> LogParametersAsync(Call call, CancellationToken ct)
    {
        var parameters = Pairs(call.Fields, "params");
        return (await call.ChangeModelAsync(new() { SetParameters = parameters }, ct)).Done();
    }

    /// <summary>Reads a list of keys and values; of a key given twice the last counts.</summary>
    public static IReadOnlyList<Tag> Pairs(Fields fields, string name) =>
        [.. fields.Objects(name).Select(Pair).GroupBy(tag => tag.Key).Select(same => same.Last())];

    private static Tag Pair(Fields fields) => new(fields.Required("key"), fields.Text("value") ?? "");
}
