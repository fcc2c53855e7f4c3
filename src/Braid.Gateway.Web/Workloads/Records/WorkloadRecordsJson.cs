using System.Text.Json.Serialization;

namespace Braid.Gateway.Web.Workloads.Records;

/// <summary>The records of shares, nodes and workloads as JSON; the command line reads them by these lines, too.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ShareListRecord))]
[JsonSerializable(typeof(FairShareListRecord))]
[JsonSerializable(typeof(NewShareRecord))]
[JsonSerializable(typeof(NodeListRecord))]
[JsonSerializable(typeof(WorkloadListRecord))]
[JsonSerializable(typeof(NewWorkloadRecord))]
[JsonSerializable(typeof(NewJobsRecord))]
[JsonSerializable(typeof(SubmittedJobsRecord))]
[JsonSerializable(typeof(ExplanationRecord))]
[JsonSerializable(typeof(SuppositionRecord))]
[JsonSerializable(typeof(SupposedRecord))]
[JsonSerializable(typeof(RetrospectRecord))]
[JsonSerializable(typeof(UseOverTimeRecord))]
internal sealed partial class WorkloadRecordsJson : JsonSerializerContext;
