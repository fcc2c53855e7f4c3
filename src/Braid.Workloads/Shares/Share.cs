using Braid.Primitives;

namespace Braid.Workloads.Shares;

/// <summary>
/// A part of the machines that people share: a department, or a project in one (Run:ai), with the queue whose runs it places
/// (ClearML) and its name in Kubernetes.
/// </summary>
public sealed record Share
{
    /// <summary>Unique; never changes.</summary>
    public required string Name { get; init; }

    /// <summary>The share that it is a part of; null at the top.</summary>
    public string? Parent { get; init; }

    /// <summary>The id of its queue, also while it has none.</summary>
    public required QueueId Id { get; init; }

    /// <summary>There is a queue, and it places the runs in it.</summary>
    public bool HasQueue { get; init; }
    public required string Namespace { get; init; }
    public DateTimeOffset Created { get; init; }
    public ShareTerms Terms { get; init; } = new();
}

/// <summary>A share to make.</summary>
/// <param name="Queue">The name of the queue whose runs it places, made when there is none; null for none.</param>
public sealed record NewShare(string Name, string? Parent = null, string? Queue = null)
{
    /// <summary>Null for <c>runai-NAME</c>.</summary>
    public string? Namespace { get; init; }
    public ShareTerms Terms { get; init; } = new();
}
