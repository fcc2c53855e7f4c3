namespace Braid.Tracking;

/// <summary>Which of the living and the trashed a list shows.</summary>
public enum Lifecycle
{
    Active,
    Trashed,
    Any,
}
