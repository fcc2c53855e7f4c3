using System.Text.Json.Serialization;

namespace Braid.Gateway.Web.Workloads.Records;

/// <summary>The question of <c>POST /api/jobs</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewJobsRecord
{
    /// <summary>Kubeflow's manifests, as YAML or JSON, one or several documents.</summary>
    public required string Manifests { get; init; }

    /// <summary>The share of those that name no queue; null for <c>default</c>.</summary>
    public string? Project { get; init; }
}

/// <summary>The answer: what was submitted, in the order of the manifests.</summary>
internal sealed record SubmittedJobsRecord(IReadOnlyList<SubmittedJobRecord> Jobs);

/// <summary>A distributed job that waits for places now.</summary>
/// <param name="Kind">As manifests spell it: <c>TFJob</c>.</param>
/// <param name="Id">Of its run.</param>
/// <param name="Warnings">What its author should know.</param>
internal sealed record SubmittedJobRecord(
    string Kind,
    string Name,
    string Project,
    string Id,
    IReadOnlyList<string> Warnings
);
