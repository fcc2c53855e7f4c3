using System.Text.Json.Serialization;
using Braid.Workloads.Nodes;
using Braid.Workloads.Replicas;
using Braid.Workloads.Shares;
using Braid.Workloads.Submission;

namespace Braid.Workloads;

/// <summary>What lies as JSON in columns.</summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ShareTerms))]
[JsonSerializable(typeof(Machine))]
[JsonSerializable(typeof(WorkloadSpec))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(PromisedPlace))]
internal sealed partial class WorkloadsJson : JsonSerializerContext;
