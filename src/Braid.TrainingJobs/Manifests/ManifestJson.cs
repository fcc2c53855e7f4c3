using System.Text.Json;
using System.Text.Json.Serialization;
using Braid.TrainingJobs.Reconciling;
using Braid.TrainingJobs.Statuses;

namespace Braid.TrainingJobs.Manifests;

/// <summary>The JSON of the model; a job's replicas are at <c>spec.replicaSpecs</c> here, whatever its kind.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(KubernetesTimeConverter), typeof(SuccessPolicyConverter)]
)]
[JsonSerializable(typeof(TrainingJob))]
[JsonSerializable(typeof(ReconcileMemory))]
internal sealed partial class ManifestJson : JsonSerializerContext;

/// <summary>Times as Kubernetes writes them: UTC, in whole seconds.</summary>
internal sealed class KubernetesTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(
            value
                .ToUniversalTime()
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)
        );
}

/// <summary>The default policy is an empty text.</summary>
internal sealed class SuccessPolicyConverter : JsonConverter<SuccessPolicy>
{
    public override SuccessPolicy Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() switch
        {
            "" => SuccessPolicy.Default,
            nameof(SuccessPolicy.AllWorkers) => SuccessPolicy.AllWorkers,
            var other => throw new JsonException($"no success policy: {other}"),
        };

    public override void Write(Utf8JsonWriter writer, SuccessPolicy value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value is SuccessPolicy.AllWorkers ? nameof(SuccessPolicy.AllWorkers) : "");
}
