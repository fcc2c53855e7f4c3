using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Queries;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Models;

namespace Braid.Gateway.ClearML.Models;

/// <summary><c>models.get_all</c></summary>
internal static class ListModels
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var listing = Listing.Read(fields, ModelWords.Vocabulary);
        var query = new ModelQuery
        {
            Where = Condition.Read(fields, ModelWords.Vocabulary),
            Ids = fields.Has("id")
                ? [.. fields.Names("id").Where(id => ModelId.TryParse(id, out _)).Select(ModelId.Parse)]
                : null,
            OrderBy = listing.OrderBy,
            Offset = listing.Offset,
            Limit = listing.Limit,
        };
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var page = await call.Rooms.Models.QueryAsync(call.Caller, query, ct);
        return page.Select(found => listing.Reply("models", [.. found.Items.Select(ModelReply.Of)]));
    }
}
