using System.Text.Json;
using Braid.Gateway.MLflow.Wire;
using Braid.Tracking.Series;

namespace Braid.Gateway.MLflow.Metrics;

/// <summary>The protocol's form of one point.</summary>
internal static class MetricJson
{
    private static readonly JsonEncodedText keyName = JsonEncodedText.Encode("key");
    private static readonly JsonEncodedText valueName = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText timestampName = JsonEncodedText.Encode("timestamp");
    private static readonly JsonEncodedText stepName = JsonEncodedText.Encode("step");

    public static void Write(Utf8JsonWriter json, string key, Sample sample)
    {
        json.WriteString(keyName, key);
        WriteSample(json, sample);
    }

    /// <summary>One of many points of one metric, whose key is encoded once.</summary>
    public static void WriteObject(Utf8JsonWriter json, JsonEncodedText key, Sample sample)
    {
        json.WriteStartObject();
        json.WriteString(keyName, key);
        WriteSample(json, sample);
        json.WriteEndObject();
    }

    private static void WriteSample(Utf8JsonWriter json, Sample sample)
    {
        if (double.IsFinite(sample.Value))
        {
            json.WriteNumber(valueName, sample.Value);
        }
        else
        {
            json.Number("value", sample.Value);
        }

        json.WriteNumber(timestampName, sample.TimestampMs);
        json.WriteNumber(stepName, StepOf(sample.Step));
    }

    /// <summary>A value of the run as a whole has no step; the protocol's word for that is 0.</summary>
    private static long StepOf(long step) => step == Point.SingleValueStep ? 0 : step;
}
