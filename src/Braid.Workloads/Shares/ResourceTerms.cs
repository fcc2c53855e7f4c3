namespace Braid.Workloads.Shares;

/// <summary>What a share may have of one resource.</summary>
public sealed record ResourceTerms
{
    /// <summary>Any amount.</summary>
    public const double Unlimited = -1;

    /// <summary>What it can count on; <see cref="Unlimited"/> for as much as there is.</summary>
    public double Quota { get; init; }

    /// <summary>What it never exceeds; <see cref="Unlimited"/> for none.</summary>
    public double Limit { get; init; } = Unlimited;

    /// <summary>How much of what nobody can count on it gets, beside its siblings; 0 for none.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Why these are no terms; null when they are.</summary>
    internal string? Fault =>
        !IsAmount(Quota) ? $"a quota is -1 (unlimited), 0 or more, not {Quota}"
        : !IsAmount(Limit) ? $"a limit is -1 (none), 0 or more, not {Limit}"
        : !double.IsFinite(Weight) || Weight < 0 ? $"an over-quota weight is 0 or more, not {Weight}"
        : null;

    private static bool IsAmount(double value) => double.IsFinite(value) && (value >= 0 || value == Unlimited);
}
