namespace Braid.Tracking.Filters;

/// <summary>The columns of <c>series</c> that metrics are compared and sorted by.</summary>
internal static class MetricSql
{
    /// <summary>True when runs can be read in the order of the value.</summary>
    public static bool IsIndexed(MetricValue value) => value is MetricValue.Last or MetricValue.Min or MetricValue.Max;

    /// <summary>The series of the metric whose value is a number within what <paramref name="parts"/> say of it.</summary>
    /// <param name="parts">Conditions that hold together.</param>
    /// <param name="series">The table's alias.</param>
    public static string Within(FilterSql sql, Field.Metric metric, IEnumerable<Filter> parts, string series)
    {
        var range = sql.Range(Column(metric.Value, series), metric, parts, double.NegativeInfinity);
        return $"{series}.name_key = {sql.Bind(metric.Key)} AND {range}";
    }

    /// <param name="series">The table's alias.</param>
    public static string Column(MetricValue value, string series) =>
        value switch
        {
            MetricValue.Min => $"{series}.min_value",
            MetricValue.Max => $"{series}.max_value",
            MetricValue.First => $"{series}.first_value",
            MetricValue.Mean => $"({series}.sum / NULLIF({series}.numbers, 0))",
            MetricValue.Count => $"{series}.count",
            _ => $"{series}.last_value",
        };
}
