using Braid.Data.Naming;

namespace Braid.Data.History;

/// <summary>Which commits of a repo to list.</summary>
public sealed record CommitQuery
{
    /// <summary>The oldest commit of the line, itself excluded; needs <see cref="To"/>.</summary>
    public CommitSpec? From { get; init; }

    /// <summary>The newest commit of the line, itself included; null: all commits of the repo.</summary>
    public CommitSpec? To { get; init; }

    /// <summary>Of all commits of the repo (<see cref="To"/> is null), only those made before this one.</summary>
    public CommitSpec? Before { get; init; }

    /// <summary>At most so many; 0: all.</summary>
    public long Number { get; init; }

    /// <summary>Oldest first.</summary>
    public bool Reverse { get; init; }

    /// <summary>Only of this origin; null: of every.</summary>
    public CommitOrigin? Origin { get; init; }

    /// <summary>Only those started at or before this time.</summary>
    public DateTimeOffset? StartedBy { get; init; }
}
