using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Events;

/// <summary><c>events.clear_scroll</c>: nothing is kept for a scroll, so there is nothing to clear.</summary>
internal static class ClearScroll
{
    public static Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        call.Fields.RequiredText("scroll_id");
        return Task.FromResult<Result<JsonObject>>(call.Fields.Problem is { } problem ? problem : new JsonObject());
    }
}
