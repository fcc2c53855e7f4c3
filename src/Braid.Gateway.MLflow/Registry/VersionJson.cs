using System.Globalization;
using System.Text.Json;
using Braid.Gateway.MLflow.LoggedModels;
using Braid.Gateway.MLflow.Wire;
using Braid.Tracking.Models;

namespace Braid.Gateway.MLflow.Registry;

/// <summary>The protocol's form of a model version.</summary>
internal static class VersionJson
{
    /// <summary>Before an input's name: the tag that names the exact commit behind a model.</summary>
    public const string InputTag = "braid.input.";

    public static void Write(Utf8JsonWriter json, VersionView view)
    {
        var model = view.Model;
        json.Text("name", model.RegisteredName);
        json.WriteString("version", (model.Version ?? 0).ToString(CultureInfo.InvariantCulture));
        json.Time("creation_timestamp", model.Created);
        json.Time("last_updated_timestamp", model.LastUpdate);
        json.WriteString("current_stage", model.Stage.ToString());
        json.WriteString("description", model.Comment);
        json.WriteString("source", model.Uri);
        json.WriteString("run_id", model.RunId?.ToString() ?? "");
        json.WriteString("status", Status(model.State));
        json.Text("status_message", model.StateMessage is { Length: > 0 } message ? message : null);
        json.Pairs("tags", Tags(view));
        json.WriteString("run_link", model.RunLink);
        WriteAliases(json, model);
        json.WriteString("model_id", LoggedModelId.Of(model.SourceModel ?? model.Id));
    }

    private static string Status(ModelState state) =>
        state switch
        {
            ModelState.Pending => "PENDING_REGISTRATION",
            ModelState.Ready => "READY",
            _ => "FAILED_REGISTRATION",
        };

    private static IEnumerable<KeyValuePair<string, string>> Tags(VersionView view) =>
        view
            .Model.Tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value))
            .Concat(
                view.Commits.Select(input => KeyValuePair.Create(InputTag + input.Name, $"{input.Repo}@{input.Commit}"))
            );

    private static void WriteAliases(Utf8JsonWriter json, Model model)
    {
        if (model.Aliases.Count == 0)
        {
            return;
        }

        json.WriteStartArray("aliases");
        foreach (var alias in model.Aliases)
        {
            json.WriteStringValue(alias);
        }

        json.WriteEndArray();
    }
}
