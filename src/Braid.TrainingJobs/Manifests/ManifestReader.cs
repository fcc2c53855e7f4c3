using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Primitives;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests.OldForms;
using Braid.TrainingJobs.Manifests.Reading;
using Braid.TrainingJobs.Validation;
using YamlDotNet.Core;

namespace Braid.TrainingJobs.Manifests;

/// <summary>A job as a file has it, without defaults, and what its author should know.</summary>
/// <param name="Job">Its fields have the right types; whether it can run is for <see cref="Admission"/> to say.</param>
/// <param name="Warnings">Fields that are unknown or not acted on, and old forms that were converted.</param>
public sealed record ReadManifest(TrainingJob Job, IReadOnlyList<string> Warnings);

/// <summary>
/// Reads jobs out of YAML or JSON: one or several documents, or a <c>List</c>.
/// <list type="number">
/// <item>The text becomes JSON values.</item>
/// <item>Old forms become <c>kubeflow.org/v1</c>.</item>
/// <item>The values are compared with the model; all that is wrong is told at once.</item>
/// <item>They become a <see cref="TrainingJob"/>.</item>
/// </list>
/// </summary>
public static class ManifestReader
{
    /// <summary>Any text gives an answer: the jobs in it, in order, or the reason why there are none.</summary>
    public static Result<IReadOnlyList<ReadManifest>> Read(string text, ManifestLimits? limits = null)
    {
        limits ??= ManifestLimits.Default;
        if (text.Length > limits.Characters)
        {
            return Errors.TooLarge(text.Length, limits.Characters);
        }

        return Documents(text, limits).Then(Manifests);
    }

    /// <summary>One job that is already JSON, such as a server keeps it.</summary>
    public static Result<ReadManifest> Read(JsonObject manifest) => One((JsonObject)manifest.DeepClone());

    private static Result<List<JsonObject>> Documents(string text, ManifestLimits limits)
    {
        try
        {
            var budget = new ValueBudget(limits.Values);
            var isJson = text.AsSpan().TrimStart() is ['{', ..] or ['[', ..];
            var values = isJson ? JsonDocuments.Read(text, budget) : YamlDocuments.Read(text, budget);
            var documents = values.SelectMany(Objects).ToList();
            return documents.Count > limits.Documents
                ? Errors.TooManyDocuments(documents.Count, limits.Documents)
                : documents;
        }
        catch (Exception error) when (error is JsonException or YamlException or MalformedException)
        {
            return Errors.Malformed(error.Message);
        }
    }

    /// <summary>Documents without content are left out; a list stands for what is in it.</summary>
    private static IEnumerable<JsonObject> Objects(JsonNode? document) =>
        document switch
        {
            null => [],
            JsonArray list => list.SelectMany(Objects),
            JsonObject { } map when IsList(map) => Objects(map["items"]),
            JsonObject map => [map],
            _ => throw new MalformedException(
                $"expected an object with apiVersion and kind, got a {TypeName.Of(document)}"
            ),
        };

    private static bool IsList(JsonObject map) =>
        map["items"] is JsonArray
        && map["kind"] is JsonValue kind
        && kind.ToString().EndsWith("List", StringComparison.Ordinal);

    private static Result<IReadOnlyList<ReadManifest>> Manifests(List<JsonObject> documents)
    {
        if (documents.Count == 0)
        {
            return Errors.Empty();
        }

        var read = new List<ReadManifest>();
        foreach (var document in documents)
        {
            if (!One(document).TryGet(out var manifest, out var error))
            {
                return error;
            }

            read.Add(manifest);
        }

        return Result.Ok<IReadOnlyList<ReadManifest>>(read);
    }

    private static Result<ReadManifest> One(JsonObject document)
    {
        var findings = new Findings();
        var version = Word(document, "apiVersion");
        var word = Word(document, "kind");
        if (OldForm.Find(version, word) is { } old)
        {
            old(document, findings);
            version = TrainingJob.CurrentVersion;
            word = Word(document, "kind");
        }

        var kind = KindTraits.Find(word);
        if (kind is null || version != TrainingJob.CurrentVersion)
        {
            return Errors.UnknownKind(word, version, KindTraits.All.Select(traits => traits.Name));
        }

        Rename((document["spec"] as JsonObject) ?? [], kind.SpecsField, ShapeCheck.ReplicaSpecsField);
        new ShapeCheck(kind, findings).Check(document);
        return findings.Errors.Count > 0
            ? Errors.Invalid(kind.Name, NameOf(document), findings.Errors)
            : new ReadManifest(
                document.Deserialize(ManifestTypes.Job)
                    ?? throw new InvalidOperationException("an object was read as nothing"),
                findings.Warnings
            );
    }

    internal static void Rename(JsonObject map, string from, string to)
    {
        if (map.TryGetPropertyValue(from, out var value))
        {
            map.Remove(from);
            map[to] = value;
        }
    }

    private static string NameOf(JsonObject document) =>
        document["metadata"] is JsonObject metadata ? Word(metadata, "name") : "";

    /// <summary>Empty when it is no text.</summary>
    private static string Word(JsonObject map, string name) =>
        map[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
