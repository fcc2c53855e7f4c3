using System.Text.Json;
using Braid.Gateway.MLflow.Wire;
using Braid.Tracking.Series;

namespace Braid.Gateway.MLflow.Metrics;

/// <summary>The protocol's form of one point.</summary>
internal static class MetricJson
{
    public static void Write(Utf8JsonWriter json, string key, Sample sample)
    {
        json.WriteString("key", key);
        json.Number("value", sample.Value);
        json.WriteNumber("timestamp", sample.TimestampMs);
        json.WriteNumber("step", StepOf(sample.Step));
    }

    /// <summary>A value of the run as a whole has no step; the protocol's word for that is 0.</summary>
    private static long StepOf(long step) => step == Point.SingleValueStep ? 0 : step;
}
