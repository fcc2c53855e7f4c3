namespace Braid.Storage.Roots;

/// <summary>Every reference that the domains' rows hold to content, whatever the domain.</summary>
public interface IStoredRoots
{
    /// <summary>
    /// Calls <paramref name="visit"/> with every reference of one moment. It is called while a snapshot of the rows is open,
    /// so it is quick and does no I/O; the same reference may come many times.
    /// </summary>
    Task VisitAsync(Action<StoredRoot> visit, CancellationToken ct);
}
