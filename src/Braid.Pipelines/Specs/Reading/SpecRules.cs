using System.Text.Json;
using Braid.Primitives;

namespace Braid.Pipelines.Specs.Reading;

/// <summary>What a spec must keep to once all of its fields are read.</summary>
internal static class SpecRules
{
    private const int longestName = 51;
    private const int longestNames = 63;

    private static readonly string[] serviceTypes = ["ClusterIP", "LoadBalancer", "NodePort"];

    public static Error? CheckName(PipelineRef pipeline) =>
        pipeline.Name.Length == 0 ? Errors.NoName()
        : pipeline.Name.Length > longestName ? Errors.NameTooLong(pipeline.Name, longestName)
        : $"{pipeline.Project}-{pipeline.Name}-v99".Length > longestNames ? Errors.NamesTooLong(pipeline, longestNames)
        : null;

    public static Error? Check(PipelineSpec spec, SpecFields fields) =>
        spec.DatumTries < 1 ? Errors.BadDatumTries()
        : fields.Text("reprocessSpec") is not (ReprocessSpecs.UntilSuccess or ReprocessSpecs.EveryJob) and var text
            ? Errors.BadReprocessSpec(text)
        : CheckKind(spec) ?? CheckEgress(spec.Egress) ?? CheckPods(fields) ?? InputRules.Check(spec.Input);

    private static Error? CheckKind(PipelineSpec spec) =>
        spec is { Service: not null, Spout: not null } ? Errors.ServiceAndSpout()
        : spec is { Spout: { Service: null }, Input: not Input.None } ? Errors.SpoutWithInput()
        : spec is { Spout: not null, Autoscaling: true } ? Errors.SpoutAutoscaling()
        : spec is { S3Out: true, Kind: not PipelineKind.Transform } ? Errors.S3OutOfProgram()
        : spec is { Service: not null, Parallelism: not 1 } ? Errors.ServiceParallelism()
        : (spec.Service ?? spec.Spout?.Service)?.Type is { } type
        && !serviceTypes.Contains(type, StringComparer.Ordinal)
            ? Errors.ServiceType(type)
        : null;

    private static Error? CheckEgress(Egress? egress) =>
        egress switch
        {
            Egress.ObjectStorage { Url: "" } => Errors.EgressWithoutUrl(),
            Egress.SqlDatabase { Url: "" } => Errors.EgressWithoutUrl(),
            Egress.SqlDatabase { SecretName: "", SecretKey: "" } => Errors.EgressWithoutSecret(),
            Egress.SqlDatabase { SecretName: "" } or Egress.SqlDatabase { SecretKey: "" } => Errors.EgressSecretParts(),
            _ => null,
        };

    private static Error? CheckPods(SpecFields fields) =>
        !IsJson(fields.Text("podSpec")) ? Errors.MalformedPod("PodSpec")
        : !IsJson(fields.Text("podPatch")) ? Errors.MalformedPod("PodPatch")
        : null;

    private static bool IsJson(string text)
    {
        try
        {
            using var document = text.Length > 0 ? JsonDocument.Parse(text) : null;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
