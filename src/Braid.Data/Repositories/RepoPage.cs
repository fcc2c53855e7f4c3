namespace Braid.Data.Repositories;

/// <summary>A part of a list of repos that is ordered by project, name and type.</summary>
/// <param name="Size">Repos of a page; 0 and less: all of them are one page.</param>
/// <param name="Index">From 0.</param>
public sealed record RepoPage(long Size, long Index)
{
    internal IEnumerable<RepoRow> Of(IEnumerable<RepoRow> rows)
    {
        var ordered = rows.OrderBy(row => row.Project, StringComparer.Ordinal)
            .ThenBy(row => row.Name, StringComparer.Ordinal)
            .ThenBy(row => row.Type, StringComparer.Ordinal);
        return Size <= 0 ? ordered : ordered.Skip(Clamp(Size * (Int128)Index)).Take(Clamp(Size));
    }

    private static int Clamp(Int128 count) => (int)Int128.Clamp(count, 0, int.MaxValue);
}
