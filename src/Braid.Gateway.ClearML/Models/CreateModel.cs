using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Models;

namespace Braid.Gateway.ClearML.Models;

/// <summary><c>models.create</c></summary>
internal static class CreateModel
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var name = fields.RequiredText("name").Trim();
        _ = fields.RequiredText("uri");
        var with = ModelBody.Read(fields);
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var model = new NewModel
        {
            Name = name,
            Project = with.Project,
            Run = with.Run,
            Parent = with.Parent,
            Publish = with.IsPublished ?? true,
            With = with,
        };
        var made = await call.Rooms.Models.CreateAsync(call.Caller, model, ct);
        return made.Select(found => new JsonObject { ["id"] = found.Id.ToString(), ["created"] = true });
    }
}
