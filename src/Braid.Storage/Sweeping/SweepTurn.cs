namespace Braid.Storage.Sweeping;

/// <summary>How far sweeping has come: how many condemnations there were, and whether one is in force.</summary>
internal readonly record struct SweepTurn(long Number, bool IsInForce)
{
    /// <summary>True when no condemnation was in force at any time since then.</summary>
    public bool IsQuietSince(SweepTurn then) => !IsInForce && !then.IsInForce && Number == then.Number;
}
