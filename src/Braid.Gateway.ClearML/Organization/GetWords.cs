using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Routing;
using Braid.Primitives;
using Braid.Tracking;

namespace Braid.Gateway.ClearML.Organization;

/// <summary>
/// The words in use, to choose from: <c>organization.get_tags</c>, <c>projects.get_..._tags</c>, <c>tasks.get_types</c>,
/// <c>models.get_frameworks</c>.
/// </summary>
internal static class GetWords
{
    /// <summary>The tags of one kind of thing, or of several.</summary>
    public static EndpointHandler Tags(params Labelled[] kinds) =>
        async (call, ct) =>
        {
            var withSystem = call.Fields.Flag("include_system") == true;
            var scope = WordScopes.Read(call.Fields);
            if (call.Fields.Problem is { } problem)
            {
                return problem;
            }

            var (labels, systemLabels) = (new List<string>(), new List<string>());
            foreach (var kind in kinds)
            {
                var found = await call.Rooms.Words.LabelsAsync(call.Caller, kind, scope, ct);
                if (!found.TryGet(out var used, out var error))
                {
                    return error;
                }

                labels.AddRange(used.Labels);
                systemLabels.AddRange(used.SystemLabels);
            }

            return new JsonObject
            {
                ["tags"] = Documents.Labels([.. labels.Distinct()]),
                ["system_tags"] = Documents.Labels(withSystem ? [.. systemLabels.Distinct()] : []),
            };
        };

    public static async Task<Result<JsonObject>> TypesAsync(ApiCall call, CancellationToken ct)
    {
        var scope = WordScopes.Read(call.Fields);
        return call.Fields.Problem is { } problem
            ? problem
            : Reply("types", await call.Rooms.Words.RunTypesAsync(call.Caller, scope, ct));
    }

    public static async Task<Result<JsonObject>> FrameworksAsync(ApiCall call, CancellationToken ct)
    {
        var scope = WordScopes.Read(call.Fields);
        return call.Fields.Problem is { } problem
            ? problem
            : Reply("frameworks", await call.Rooms.Words.FrameworksAsync(call.Caller, scope, ct));
    }

    private static Result<JsonObject> Reply(string name, Result<IReadOnlyList<string>> found) =>
        found.Select(words => new JsonObject { [name] = Documents.Labels(words) });
}
