using Braid.Gateway.ClearML.Requests;

namespace Braid.Gateway.ClearML.Events;

internal static class MetricNames
{
    /// <summary>
    /// <c>metrics:[{metric, variants}]</c>: pairs of a metric and a variant, or null for all its variants. Null when the
    /// request does not choose.
    /// </summary>
    public static IReadOnlyList<(string Metric, string? Variant)>? Metrics(this Fields fields, string name = "metrics")
    {
        var chosen = fields.Objects(name).SelectMany(item => Pairs(fields, new Fields(item))).ToList();
        return chosen.Count > 0 ? chosen : null;
    }

    private static IEnumerable<(string Metric, string? Variant)> Pairs(Fields fields, Fields item)
    {
        var metric = item.Text("metric");
        var variants = item.Names("variants");
        if (item.Problem is { } problem)
        {
            fields.Refuse(problem);
        }

        if (metric is null)
        {
            return [];
        }

        return variants.Count > 0 ? variants.Select(variant => (metric, (string?)variant)) : [(metric, null)];
    }
}
