using System.Globalization;
using System.Text.Json;
using Braid.Gateway.MLflow.Artifacts;
using Braid.Gateway.MLflow.Wire;
using Braid.Tracking.Projects;

namespace Braid.Gateway.MLflow.Experiments;

/// <summary>The protocol's form of an experiment.</summary>
internal static class ExperimentJson
{
    public static string IdOf(Project project) => project.Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where the experiment's artifacts are: below this server's own root unless its maker chose a place.</summary>
    public static string LocationOf(Project project) =>
        project.ArtifactLocation ?? $"{ArtifactPath.Root}{IdOf(project)}";

    public static Answer Answer(Project project) => json => json.Object("experiment", body => Write(body, project));

    public static void Write(Utf8JsonWriter json, Project project)
    {
        json.WriteString("experiment_id", IdOf(project));
        json.WriteString("name", project.Name);
        json.WriteString("artifact_location", LocationOf(project));
        json.WriteString("lifecycle_stage", project.Trashed is null ? "active" : "deleted");
        json.Time("last_update_time", project.LastUpdate);
        json.Time("creation_time", project.Created);
        json.Pairs("tags", project.Tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value)));
    }
}
