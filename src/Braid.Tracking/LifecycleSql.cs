namespace Braid.Tracking;

internal static class LifecycleSql
{
    /// <summary>A condition on <c>e.trashed</c>, to append to others.</summary>
    public static string And(Lifecycle lifecycle) =>
        lifecycle switch
        {
            Lifecycle.Active => " AND e.trashed IS NULL",
            Lifecycle.Trashed => " AND e.trashed IS NOT NULL",
            _ => "",
        };

    /// <summary>Cuts off the one row that was read beyond the page.</summary>
    public static Page<T> ToPage<T>(this IReadOnlyList<T> rows, int? limit) =>
        limit is { } most && rows.Count > most ? new([.. rows.Take(most)], More: true) : new(rows, More: false);
}
