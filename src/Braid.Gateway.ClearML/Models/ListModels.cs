using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Queries;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Models;

namespace Braid.Gateway.ClearML.Models;

/// <summary><c>models.get_all</c>; and <c>get_all_ex</c>, <c>get_by_id_ex</c>, which name what models refer to.</summary>
internal static class ListModels
{
    public static Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct) =>
        ListAsync(call, expand: false, ct);

    public static Task<Result<JsonObject>> WithNamesAsync(ApiCall call, CancellationToken ct) =>
        ListAsync(call, expand: true, ct);

    private static async Task<Result<JsonObject>> ListAsync(ApiCall call, bool expand, CancellationToken ct)
    {
        var fields = call.Fields;
        var listing = Listing.Read(fields, ModelWords.Vocabulary);
        var scope = Subprojects.Read(fields);
        var query = new ModelQuery
        {
            Where = Condition.Read(fields, ModelWords.Vocabulary, scope.Field),
            Projects = scope.Roots,
            IncludeSubprojects = true,
            Ids = fields.Ids("id", id => new ModelId(id)),
            OrderBy = listing.OrderBy,
            Offset = listing.Offset,
            Limit = listing.Limit,
        };
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var page = await call.Rooms.Models.QueryAsync(call.Caller, query, ct);
        if (!page.TryGet(out var found, out var error))
        {
            return error;
        }

        var shown = await ShowModels.AllAsync(call, found.Items, listing.Projection, ct);
        if (!shown.TryGet(out var models, out var unread))
        {
            return unread;
        }

        foreach (var model in expand && fields.Flag("include_stats") == true ? models : [])
        {
            ModelReply.AddStats(model);
        }

        return expand
            ? await listing.ReplyExpandedAsync(call, Entity.Model, "models", models, ct)
            : listing.Reply("models", models);
    }
}
