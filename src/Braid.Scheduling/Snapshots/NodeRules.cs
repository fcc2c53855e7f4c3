namespace Braid.Scheduling.Snapshots;

/// <summary>Which nodes a replica may be placed on, and which it would rather have.</summary>
public sealed record NodeRules
{
    /// <summary>Any node without taints.</summary>
    public static NodeRules None { get; } = new();

    /// <summary>Labels that the node has, with these values.</summary>
    public IReadOnlyDictionary<string, string> Selector { get; init; } = NoLabels.Value;

    /// <summary>Terms of which the node satisfies one; no term is no rule.</summary>
    public IReadOnlyList<AffinityTerm> Required { get; init; } = [];

    /// <summary>Terms that make a node better.</summary>
    public IReadOnlyList<PreferredTerm> Preferred { get; init; } = [];

    /// <summary>Taints that do not keep it away.</summary>
    public IReadOnlyList<Toleration> Tolerations { get; init; } = [];
}

/// <summary>Holds when every condition does.</summary>
public sealed record AffinityTerm(IReadOnlyList<LabelCondition> Conditions);

/// <param name="Weight">1 to 100.</param>
/// <param name="Term">What the node should be like.</param>
public sealed record PreferredTerm(int Weight, AffinityTerm Term);

/// <summary>A condition on one label of a node.</summary>
public sealed record LabelCondition(string Label, LabelOperator Operator, IReadOnlyList<string> Values);

/// <summary>How a label is compared.</summary>
public enum LabelOperator
{
    In,
    NotIn,
    Exists,
    DoesNotExist,

    /// <summary>The label's value is a whole number greater than the first of the values.</summary>
    GreaterThan,

    /// <summary>The label's value is a whole number less than the first of the values.</summary>
    LessThan,
}
