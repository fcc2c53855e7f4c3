using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.TrainingJobs.Manifests.Reading;

namespace Braid.TrainingJobs.Manifests;

/// <summary>A job as Kubernetes' tools print one.</summary>
public static class ManifestWriter
{
    private static readonly JsonSerializerOptions indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = ManifestJson.Default,
    };

    /// <summary>The object, with the replicas under the name that the kind gives them.</summary>
    public static JsonObject ToJson(TrainingJob job)
    {
        var json = (JsonObject)(
            JsonSerializer.SerializeToNode(job, ManifestTypes.Job)
            ?? throw new InvalidOperationException("a job was written as nothing")
        );
        if (json["spec"] is JsonObject spec)
        {
            ManifestReader.Rename(spec, ShapeCheck.ReplicaSpecsField, job.Traits.SpecsField);
        }

        return json;
    }

    /// <summary>What <c>-o json</c> prints.</summary>
    public static string ToJsonText(TrainingJob job) => ToJson(job).ToJsonString(indented);

    /// <summary>What <c>-o yaml</c> prints: keys in the order of their letters.</summary>
    public static string ToYaml(TrainingJob job) => YamlText.Of(ToJson(job));
}
