namespace Braid.Tracking.Filters;

/// <summary>Which of a series' summary values a condition looks at.</summary>
public enum MetricValue
{
    Last,
    Min,
    Max,
}

/// <summary>Something of a run, project or model that a condition compares or a list is ordered by.</summary>
public abstract record Field
{
    private Field() { }

    /// <summary>One of the entity's own attributes; the entity's <c>XFields</c> class lists them.</summary>
    public sealed record Attribute : Field
    {
        internal Attribute(string column, FieldKind kind)
        {
            Column = column;
            Kind = kind;
        }

        internal string Column { get; }

        internal FieldKind Kind { get; }
    }

    /// <summary>A tag's value; absent when there is no such tag.</summary>
    public sealed record Tag(string Key) : Field;

    /// <summary>A parameter's value; it compares as text, and sorts by number where it is one.</summary>
    public sealed record Parameter(string Section, string Name) : Field;

    /// <summary>A summary value of a series.</summary>
    public sealed record Metric(string Name, string Variant, MetricValue Value = MetricValue.Last) : Field;

    /// <summary>A dataset that the run has logged as input: any of them satisfies the condition.</summary>
    public sealed record Dataset(DatasetField Of) : Field;
}

/// <summary>What a condition on a run's datasets looks at.</summary>
public enum DatasetField
{
    Name,
    Digest,

    /// <summary>The value of the input's tag <c>mlflow.data.context</c>.</summary>
    Context,
}

/// <summary>How an attribute's values compare.</summary>
internal enum FieldKind
{
    Text,
    Number,
    Time,
    Flag,
}
