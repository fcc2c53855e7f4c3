using System.Text.Json.Nodes;
using Braid.Gateway.Web.ModelLists;
using Braid.Tracking;
using Braid.Tracking.Models;

namespace Braid.Gateway.Web.NamedModels;

/// <summary>A name with its versions, as the pages read it.</summary>
internal static class NamedModelJson
{
    public static JsonObject Write(NamedModel model) =>
        new()
        {
            ["name"] = model.Name,
            ["description"] = model.Description,
            ["created"] = model.Created,
            ["updated"] = model.LastUpdate,
            ["tags"] = Answer.List(model.Tags, Write),
            ["aliases"] = Answer.List(
                model.Aliases,
                alias => new JsonObject { ["alias"] = alias.Alias, ["version"] = alias.Version }
            ),
            ["latest"] = Answer.List(model.LatestVersions, ModelJson.Write),
        };

    public static JsonObject Write(Tag tag) => new() { ["key"] = tag.Key, ["value"] = tag.Value };
}
