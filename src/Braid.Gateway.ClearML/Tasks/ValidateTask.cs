using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.validate</c>: whether a task could be made of this; none is.</summary>
internal static class ValidateTask
{
    public static Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        call.Fields.RequiredText("name");
        call.Fields.RequiredText("type");
        TaskBody.Read(call);
        return Task.FromResult<Result<JsonObject>>(call.Fields.Problem is { } problem ? problem : new JsonObject());
    }
}
