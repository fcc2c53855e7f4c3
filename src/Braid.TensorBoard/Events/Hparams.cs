namespace Braid.TensorBoard.Events;

/// <summary>A session starts with these hyperparameters.</summary>
/// <param name="Values">By name, sorted.</param>
/// <param name="Started">Seconds since 1970; 0 where nobody said.</param>
public sealed record LoggedHparams(
    double WallTime,
    long Step,
    string Tag,
    IReadOnlyList<(string Name, HparamValue Value)> Values,
    string Group,
    string ModelUri,
    string MonitorUrl,
    double Started
) : TaggedEvent(WallTime, Step, Tag);

/// <summary>How a session ended.</summary>
public enum HparamsStatus
{
    /// <summary>Nobody said.</summary>
    Unknown,

    /// <summary>Well.</summary>
    Success,

    /// <summary>Not well.</summary>
    Failure,

    /// <summary>It did not end yet.</summary>
    Running,
}

/// <summary>A session with hyperparameters ends.</summary>
/// <param name="Ended">Seconds since 1970; 0 where nobody said.</param>
public sealed record LoggedHparamsEnd(double WallTime, long Step, string Tag, HparamsStatus Status, double Ended)
    : TaggedEvent(WallTime, Step, Tag);

/// <summary>Which hyperparameters and metrics the sessions of a log directory have.</summary>
public sealed record LoggedHparamsExperiment(
    double WallTime,
    long Step,
    string Tag,
    string Name,
    string Description,
    string User,
    double Created,
    IReadOnlyList<HparamDomain> Hparams,
    IReadOnlyList<HparamMetric> Metrics
) : TaggedEvent(WallTime, Step, Tag);

/// <summary>A hyperparameter and what it may be.</summary>
/// <param name="Type">1 text, 2 true or false, 3 a number; 0 unknown.</param>
/// <param name="Choices">Empty where any value will do.</param>
public sealed record HparamDomain(
    string Name,
    string DisplayName,
    string Description,
    int Type,
    IReadOnlyList<HparamValue> Choices
)
{
    /// <summary>The least and the most it may be; null where nobody said.</summary>
    public (double Min, double Max)? Interval { get; init; }
}

/// <summary>A metric that sessions are compared by.</summary>
public sealed record HparamMetric(string Group, string Tag, string DisplayName, string Description, int DatasetType);

/// <summary>A number, a text, or true or false.</summary>
public abstract record HparamValue
{
    private HparamValue() { }

    /// <summary>A number.</summary>
    public sealed record Number(double Value) : HparamValue;

    /// <summary>A text.</summary>
    public sealed record Text(string Value) : HparamValue;

    /// <summary>True or false.</summary>
    public sealed record Flag(bool Value) : HparamValue;

    /// <summary>Nothing, or what no hyperparameter can be.</summary>
    public sealed record None : HparamValue;
}
