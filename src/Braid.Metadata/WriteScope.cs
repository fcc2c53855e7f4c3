namespace Braid.Metadata;

/// <summary>
/// A write inside a write would wait for itself (SQLite has one writer) or commit what the outer one may undo: it is a bug,
/// found here. Whoever composes writes passes its <see cref="DbWrite"/> on.
/// </summary>
internal static class WriteScope
{
    private static readonly AsyncLocal<bool> inside = new();

    public static Leave Enter()
    {
        inside.Value = true;
        return default;
    }

    public static void RefuseNesting()
    {
        if (inside.Value)
        {
            throw new InvalidOperationException("a write was begun inside another one: pass the DbWrite on instead");
        }
    }

    internal readonly struct Leave : IDisposable
    {
        public void Dispose() => inside.Value = false;
    }
}
