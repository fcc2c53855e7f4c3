using Braid.Primitives;

namespace Braid.Data.Pending;

/// <summary>Changes that a client collects over several calls, to be made together.</summary>
public sealed record PendingTransaction
{
    /// <summary>Also the commit set of everything that it will make.</summary>
    public required CommitSetId Id { get; init; }

    /// <summary>How often something was added.</summary>
    public long Version { get; init; }

    public DateTimeOffset Started { get; init; }

    public string StartedBy { get; init; } = "";

    /// <summary>In the order in which they will be carried out.</summary>
    public IReadOnlyList<PendingRequest> Requests { get; init; } = [];
}

/// <summary>One change and what its client was answered, both as the door wrote them.</summary>
public readonly record struct PendingRequest(byte[] Request, byte[] Response);
