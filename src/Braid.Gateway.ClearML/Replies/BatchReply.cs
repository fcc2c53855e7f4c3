using System.Text.Json.Nodes;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Replies;

/// <summary>What became of each of several things: <c>{succeeded:[{id,..}], failed:[{id,error}]}</c>.</summary>
internal sealed class BatchReply
{
    private readonly JsonArray succeeded = [];
    private readonly JsonArray failed = [];

    public void Add(string id, Result<JsonObject> outcome)
    {
        if (outcome.TryGet(out var data, out var error))
        {
            data["id"] = id;
            succeeded.Add(data);
        }
        else
        {
            failed.Add(new JsonObject { ["id"] = id, ["error"] = Describe(error) });
        }
    }

    public JsonObject ToData() => new() { ["succeeded"] = succeeded, ["failed"] = failed };

    private static JsonObject Describe(Error error)
    {
        var code = ErrorCodes.For(error);
        return new()
        {
            ["codes"] = new JsonArray(code.Code, code.Subcode),
            ["msg"] = error.Message,
            ["data"] = new JsonObject(),
        };
    }
}
