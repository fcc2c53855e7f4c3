using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Pipelines.Specs.Shapes;
using Braid.Primitives;

namespace Braid.Pipelines.Specs.OldForms;

/// <summary>
/// Brings a spec of Pachyderm 1.x to the form of 2.x, in place, and notes each thing that it changes or leaves out. What
/// both forms have is not touched.
/// </summary>
internal static class OldSpec
{
    /// <summary>Fields that have no meaning here, with what to do instead.</summary>
    private static readonly (string Field, string Instead)[] ignored =
    [
        ("cacheSize", "caches need no size"),
        ("enableStats", "statistics are always kept"),
        ("maxQueueSize", "workers take datums one by one"),
        ("hashtreeSpec", "trees need no shards"),
        ("incremental", "datums that did not change are always skipped"),
        ("batch", "write datum_batching into transform"),
        ("build", "images are not built: name one that exists"),
        ("scaleDownThreshold", "write autoscaling"),
    ];

    public static Error? Translate(JsonObject spec, List<string> warnings)
    {
        spec.Remove("$schema");
        Rename(spec, "chunkSpec", "datumSetSpec", warnings);
        Standby(spec, warnings);
        foreach (var (field, instead) in ignored)
        {
            Ignore(spec, field, instead, warnings);
        }

        if (Child(spec, "transform") is { } transform)
        {
            Ignore(transform, "build", "images are not built: name one that exists", warnings);
        }

        foreach (var field in (string[])["overwrite", "marker"])
        {
            Ignore(Child(spec, "spout") ?? [], field, "a spout writes commits by itself", warnings);
        }

        Ignore(Child(spec, "service") ?? [], "annotations", "write metadata.annotations", warnings);
        Parallelism(Child(spec, "parallelismSpec"), warnings);
        foreach (var field in (string[])["resourceLimits", "resourceRequests"])
        {
            Gpu(Child(spec, field), field, warnings);
        }

        return OldInput.Translate(spec, warnings);
    }

    /// <summary>The key by which a field is there, in either case; null when it is not.</summary>
    internal static string? KeyOf(JsonObject values, string field) =>
        values.Select(entry => entry.Key).FirstOrDefault(key => SpecShape.CamelCase(key) == field);

    /// <summary>Takes a field out, whatever it is.</summary>
    internal static bool TryTake(JsonObject values, string field, out JsonNode? value)
    {
        value = null;
        return KeyOf(values, field) is { } key && values.Remove(key, out value);
    }

    private static JsonObject? Child(JsonObject values, string field) =>
        KeyOf(values, field) is { } key ? values[key] as JsonObject : null;

    private static void Ignore(JsonObject values, string field, string instead, List<string> warnings)
    {
        if (KeyOf(values, field) is { } key)
        {
            values.Remove(key);
            warnings.Add($"{key} is ignored: {instead}");
        }
    }

    private static void Rename(JsonObject values, string field, string now, List<string> warnings)
    {
        if (TryTake(values, field, out var value))
        {
            values[now] = value;
            warnings.Add($"{field} is {now} now");
        }
    }

    private static void Standby(JsonObject spec, List<string> warnings)
    {
        if (TryTake(spec, "standby", out var standby))
        {
            spec["autoscaling"] = standby?.DeepClone();
            warnings.Add("standby is autoscaling now");
        }
    }

    /// <summary>A coefficient counted workers for each machine of a cluster; here there is one.</summary>
    private static void Parallelism(JsonObject? parallelism, List<string> warnings)
    {
        if (parallelism is null)
        {
            return;
        }

        Ignore(parallelism, "strategy", "write constant", warnings);
        if (
            TryTake(parallelism, "coefficient", out var value)
            && double.TryParse($"{value}", NumberStyles.Float, CultureInfo.InvariantCulture, out var coefficient)
        )
        {
            parallelism["constant"] = (int)Math.Clamp(Math.Ceiling(coefficient), 1, short.MaxValue);
            warnings.Add($"parallelism_spec.coefficient is constant now: {parallelism["constant"]} on one machine");
        }
    }

    private static void Gpu(JsonObject? resources, string field, List<string> warnings)
    {
        if (
            resources is not null
            && KeyOf(resources, "gpu") is { } key
            && resources[key] is JsonValue count
            && count.GetValueKind() is JsonValueKind.Number or JsonValueKind.String
        )
        {
            resources[key] = new JsonObject { ["type"] = "nvidia.com/gpu", ["number"] = count.DeepClone() };
            warnings.Add($"{field}.gpu has a type now: nvidia.com/gpu");
        }
    }
}
