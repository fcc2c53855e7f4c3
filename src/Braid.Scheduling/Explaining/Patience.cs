namespace Braid.Scheduling.Explaining;

/// <summary>For how long an explanation tries things out. Each try is a whole decision, and whoever asks has the clock.</summary>
/// <param name="ForChanges">Whether one more change is tried.</param>
/// <param name="ForStart">Whether one more end is lived through.</param>
public sealed record Patience(Func<bool> ForChanges, Func<bool> ForStart)
{
    /// <summary>As long as it takes.</summary>
    public static Patience Endless { get; } = new(() => true, () => true);
}
