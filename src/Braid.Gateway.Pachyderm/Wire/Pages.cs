namespace Braid.Gateway.Pachyderm.Wire;

/// <summary>Cuts a list into the page that a request asks for.</summary>
internal static class Pages
{
    /// <param name="size">Items of a page; 0 and less: everything is one page.</param>
    /// <param name="index">From 0.</param>
    public static IEnumerable<T> Page<T>(this IEnumerable<T> all, long size, long index) =>
        size <= 0 ? all : all.Skip(Clamp(size * index)).Take(Clamp(size));

    /// <inheritdoc cref="Page{T}(IEnumerable{T}, long, long)"/>
    public static IAsyncEnumerable<T> Page<T>(this IAsyncEnumerable<T> all, long size, long index) =>
        size <= 0 ? all : all.Skip(Clamp(size * index)).Take(Clamp(size));

    /// <param name="limit">0: no limit.</param>
    public static IAsyncEnumerable<T> AtMost<T>(this IAsyncEnumerable<T> all, long limit) =>
        limit <= 0 ? all : all.Take(Clamp(limit));

    private static int Clamp(long count) => (int)Math.Clamp(count, 0, int.MaxValue);
}
