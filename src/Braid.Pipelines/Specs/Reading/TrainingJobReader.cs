using System.Text.Json.Nodes;
using Braid.Primitives;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.PipelineSpecs;
using Braid.TrainingJobs.Replicas;

namespace Braid.Pipelines.Specs.Reading;

/// <summary>What a pipeline runs for each datum, read from a normalised spec: a program, or a distributed job in its place.</summary>
/// <param name="Job">Null: a program.</param>
internal sealed record SpecCode(Transform Transform, PipelineJob? Job);

/// <summary>Reads the distributed job of a normalised spec (<c>tf_job</c>, <c>pytorch_job</c>).</summary>
internal static class TrainingJobReader
{
    /// <summary>What a spec that names a distributed job need not say: it is not tried again but as its own policies say, and is one datum.</summary>
    public static void FillIn(JsonObject spec)
    {
        if (!PipelineJobReader.IsIn(spec))
        {
            return;
        }

        spec["datumTries"] ??= 1;
        if (spec["input"] is JsonObject input && input["pfs"] is JsonObject only)
        {
            only["glob"] ??= "/";
        }

        // Defaults know an image for programs; there is none here.
        if (spec["transform"] is JsonObject transform && transform["cmd"] is null or JsonArray { Count: 0 })
        {
            spec.Remove("transform");
        }
    }

    public static Result<SpecCode> Read(JsonObject spec, SpecFields fields, PipelineRef pipeline) =>
        PipelineJobReader.IsIn(spec)
            ? PipelineJobReader.Read(spec, pipeline.Label).Then(Check)
            : TransformReader.Read(fields.Message("transform")).Select(transform => new SpecCode(transform, null));

    private static Result<SpecCode> Check(PipelineJob read)
    {
        var replicas = JobReplicas.Of(read.Job);
        return replicas.SelectMany(one => one.Template.Spec.Volumes).FirstOrDefault(HasFolderOfMachine) is { } volume
            ? Errors.FolderOfMachine(volume.Name)
            : new SpecCode(
                new() { Cmd = [], Image = (replicas.FirstOrDefault(one => one.IsMaster) ?? replicas[0]).Main.Image },
                read
            );
    }

    private static bool HasFolderOfMachine(Volume volume) => volume.HostPath is not null;
}
