namespace Braid.Tracking;

/// <summary>One page of a longer list; <paramref name="More"/> when another item follows its last.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, bool More);
