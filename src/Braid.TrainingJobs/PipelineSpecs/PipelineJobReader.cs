using System.Text.Json.Nodes;
using Braid.Primitives;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;

namespace Braid.TrainingJobs.PipelineSpecs;

/// <summary>
/// Finds the distributed job in a pipeline's spec: <c>tf_job</c>, as Pachyderm's contract has it (an object whose <c>tf_job</c> is the
/// manifest as text), and <c>pytorch_job</c> in the same shape. An object in the text's place, or the manifest itself, is taken as well.
/// </summary>
public static class PipelineJobReader
{
    private static readonly (string Field, string JsonName, JobKind Kind)[] fields =
    [
        ("tf_job", "tfJob", JobKind.TFJob),
        ("pytorch_job", "pytorchJob", JobKind.PyTorchJob),
    ];

    /// <summary>The spec has a distributed job.</summary>
    public static bool IsIn(JsonObject spec) => Find(spec).Value is not null;

    /// <param name="spec">Of the pipeline, with names in either case.</param>
    /// <param name="name">What the job is to be called: each job of a pipeline needs a name of its own.</param>
    public static Result<PipelineJob> Read(JsonObject spec, string name)
    {
        var (field, kind, value) = Find(spec);
        if (value is null)
        {
            return Errors.NoPipelineJob(fields.Select(known => known.Field));
        }

        if (spec["transform"] is JsonObject { Count: > 0 })
        {
            return Errors.TransformToo(field);
        }

        return Manifest(value, field).Then(read => OfKind(read, kind, field)).Then(read => Admit(read, name));
    }

    /// <summary>Brings the job to the form of Pachyderm's contract, whichever it has: a message with the manifest as text.</summary>
    public static void ToText(JsonObject spec)
    {
        foreach (var (field, jsonName, _) in fields)
        {
            var name = spec[field] is not null ? field : jsonName;
            if (spec[name] is not { } value)
            {
                continue;
            }

            var within = value is JsonObject message ? message[field] ?? message[jsonName] : null;
            if (within is JsonObject || (within is null && value is JsonObject { Count: > 0 } or JsonValue))
            {
                spec[name] = new JsonObject { [jsonName] = TextOf(within ?? value) };
            }
        }
    }

    private static JsonNode TextOf(JsonNode value) =>
        value is JsonObject manifest ? JsonValue.Create(manifest.ToJsonString()) : value.DeepClone();

    private static (string Field, JobKind Kind, JsonNode? Value) Find(JsonObject spec)
    {
        foreach (var (field, jsonName, kind) in fields)
        {
            if ((spec[field] ?? spec[jsonName]) is { } value)
            {
                var within = value is JsonObject message ? message[field] ?? message[jsonName] : null;
                return (field, kind, within ?? value);
            }
        }

        return ("", default, null);
    }

    private static Result<ReadManifest> Manifest(JsonNode value, string field)
    {
        if (value is JsonObject manifest)
        {
            return ManifestReader.Read(manifest);
        }

        if (value is not JsonValue text || !text.TryGetValue<string>(out var yaml))
        {
            return Errors.NoManifest(field);
        }

        return ManifestReader
            .Read(yaml)
            .Then(read => read.Count == 1 ? Result.Ok(read[0]) : Errors.OneManifest(field, read.Count));
    }

    private static Result<ReadManifest> OfKind(ReadManifest read, JobKind kind, string field) =>
        read.Job.Kind == kind ? read : Errors.WrongPipelineKind(field, kind.ToString(), read.Job.Kind.ToString());

    private static Result<PipelineJob> Admit(ReadManifest read, string name) =>
        Admission
            .Create(read.Job with { Metadata = read.Job.Metadata with { Name = name } })
            .Select(admitted => new PipelineJob
            {
                Job = admitted.Job,
                Warnings = [.. read.Warnings, .. admitted.Warnings],
            });
}
