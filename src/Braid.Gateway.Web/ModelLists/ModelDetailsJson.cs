using System.Text.Json.Nodes;
using Braid.Gateway.Web.NamedModels;
using Braid.Tracking.Models;
using Braid.Tracking.Series;

namespace Braid.Gateway.Web.ModelLists;

/// <summary>All that a model says of itself.</summary>
internal static class ModelDetailsJson
{
    public static JsonObject Write(Model model)
    {
        var written = ModelJson.Write(model);
        written["comment"] = model.Comment;
        written["type"] = model.Type;
        written["state"] = model.State.ToString().ToLowerInvariant();
        written["stateMessage"] = model.StateMessage;
        written["source"] = model.SourceModel?.ToString();
        written["parent"] = model.ParentId?.ToString();
        written["updated"] = model.LastUpdate;
        written["trashed"] = model.Trashed;
        written["lastIteration"] = model.LastIteration;
        written["tags"] = Answer.List(model.Tags, NamedModelJson.Write);
        written["parameters"] = Answer.List(model.Parameters, NamedModelJson.Write);
        written["metadata"] = Answer.List(
            model.Metadata,
            one => new JsonObject { ["key"] = one.Key, ["value"] = one.Value }
        );
        return written;
    }

    public static JsonObject Write(ModelMetric metric) =>
        new()
        {
            ["key"] = new SeriesName(metric.Point.Metric, metric.Point.Variant).Key,
            ["value"] = Answer.Number(metric.Point.Value),
            ["dataset"] = metric.DatasetName,
            ["run"] = metric.Run.ToString(),
        };
}
