namespace Braid.Data.Branching;

/// <summary>
/// Moves a branch to the head of another one of the same repo once enough has changed there. Conditions that are set are
/// joined by "or", by "and" when <see cref="All"/>.
/// </summary>
public sealed record Trigger
{
    /// <summary>The branch watched.</summary>
    public string Branch { get; init; } = "";

    public bool All { get; init; }

    /// <summary>Bytes of growth, as text (<c>100MB</c>); empty: no such condition.</summary>
    public string Size { get; init; } = "";

    /// <summary>Commits since the last move; 0: no such condition.</summary>
    public long Commits { get; init; }

    /// <summary>Cron text: at most one move per firing; empty: no such condition.</summary>
    public string RateLimitSpec { get; init; } = "";

    /// <summary>Cron text: a move per firing; empty: no such condition.</summary>
    public string CronSpec { get; init; } = "";
}
