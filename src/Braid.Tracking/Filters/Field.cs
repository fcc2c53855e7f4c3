using Braid.Tracking.Models;
using Braid.Tracking.Series;

namespace Braid.Tracking.Filters;

/// <summary>Which of a series' summary values a condition looks at.</summary>
public enum MetricValue
{
    Last,
    Min,
    Max,
    First,

    /// <summary>Of all numbers.</summary>
    Mean,

    /// <summary>How many points there are.</summary>
    Count,
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

        /// <summary>True when the entity always has it, so that an index of it gives the order that absent values would be last in.</summary>
        internal bool IsNeverAbsent { get; init; }
    }

    /// <summary>A tag's value; absent when there is no such tag.</summary>
    public sealed record Tag(string Key) : Field;

    /// <summary>A parameter's value; it compares as text, and sorts by number where it is one.</summary>
    public sealed record Parameter(string Section, string Name) : Field
    {
        /// <summary>Sorts numbers by their letters, too.</summary>
        public bool SortsAsText { get; init; }
    }

    /// <summary>A summary value of a series.</summary>
    public sealed record Metric : Field
    {
        public Metric(string name, string variant, MetricValue value = MetricValue.Last)
            : this(SeriesNameKey.Of(name, variant), value) { }

        private Metric(string key, MetricValue value) => (Key, Value) = (key, value);

        internal string Key { get; }

        internal MetricValue Value { get; }

        /// <summary>Of a series whose names are known only by their MD5s (32 lower-case hex digits).</summary>
        public static Metric OfDigests(string name, string variant, MetricValue value) =>
            new(SeriesNameKey.OfDigests(name, variant), value);
    }

    /// <summary>
    /// A value in one of the entity's JSON documents, under these names, as text (what is no text: as JSON); the entity's
    /// <c>XFields</c> class makes them.
    /// </summary>
    public sealed record Document : Field
    {
        internal Document(string column, IReadOnlyList<string> path) => (Column, Path) = (column, path);

        internal string Column { get; }

        internal IReadOnlyList<string> Path { get; }
    }

    /// <summary>A model that the run is linked with: any of them satisfies the condition.</summary>
    public sealed record LinkedModel(RunModelKind Kind) : Field;

    /// <summary>A dataset that the run has logged as input: any of them satisfies the condition.</summary>
    public sealed record Dataset(DatasetField Of) : Field;

    /// <summary>What was measured of a model on datasets: any such value satisfies a condition, the newest one orders.</summary>
    public sealed record Measured : Field
    {
        /// <summary>Any metric, on any of these datasets; on every one when there is none.</summary>
        public Measured(IReadOnlyList<MeasuredOn> on) => On = on;

        public Measured(string name, string variant, IReadOnlyList<MeasuredOn> on)
            : this(on) => Key = SeriesNameKey.Of(name, variant);

        internal string? Key { get; }

        internal IReadOnlyList<MeasuredOn> On { get; }
    }

    /// <summary>The same text for everything.</summary>
    public sealed record Constant(string Value) : Field;

    /// <summary>Texts and whole numbers one behind the other: attributes, constants and what is made of them.</summary>
    public sealed record Joined(IReadOnlyList<Field> Parts) : Field;

    /// <summary>A text by another name for each of some words that it may be; empty for any other.</summary>
    public sealed record Renamed(Field Of, IReadOnlyList<(string Word, string Name)> Names) : Field;

    /// <summary>The first of two texts, or the second where the first is empty.</summary>
    public sealed record Either(Field First, Field Second) : Field;
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
