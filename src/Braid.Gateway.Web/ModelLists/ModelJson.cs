using System.Text.Json.Nodes;
using Braid.Tracking.Models;

namespace Braid.Gateway.Web.ModelLists;

/// <summary>A model as the pages read it.</summary>
internal static class ModelJson
{
    public static JsonObject Write(Model model) =>
        new()
        {
            ["id"] = model.Id.ToString(),
            ["name"] = model.RegisteredName ?? model.Name,
            ["registered"] = model.RegisteredName is not null,
            ["version"] = model.Version,
            ["uri"] = model.Uri,
            ["framework"] = model.Framework,
            ["stage"] = model.Stage == ModelStage.None ? "" : model.Stage.ToString().ToLowerInvariant(),
            ["published"] = model.IsPublished,
            ["aliases"] = Answer.List(model.Aliases, alias => alias),
            ["labels"] = Answer.List(model.Labels, label => label),
            ["run"] = model.RunId?.ToString(),
            ["user"] = model.User,
            ["created"] = model.Created,
        };
}
