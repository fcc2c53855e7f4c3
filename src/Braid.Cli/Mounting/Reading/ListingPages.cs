namespace Braid.Cli.Mounting.Reading;

/// <summary>Lists at most so many children of a directory after a path; where the next page begins, null after the last.</summary>
internal delegate Task<(IReadOnlyList<FoundPath> Children, string? Last)> ReadPage(
    string? after,
    int number,
    CancellationToken ct
);

/// <summary>
/// A directory of a commit, child by child. The first page is short, so that the first names come at once; while a page is
/// taken, the next is on its way. Only two pages are held; going back reads again from the nearest page's beginning.
/// </summary>
internal sealed class ListingPages(ReadPage read)
{
    private const int firstPage = 500;
    private const int otherPages = 4000;

    /// <summary>Where pages begin: the index of their first child, and what comes before it.</summary>
    private readonly List<(ulong Index, string? After)> begins = [(0, null)];
    private readonly SemaphoreSlim turn = new(1);
    private int current = -1;
    private Task<(IReadOnlyList<FoundPath> Children, string? Last)>? page;
    private Task<(IReadOnlyList<FoundPath> Children, string? Last)>? following;

    /// <summary>Null beyond the last child.</summary>
    public async ValueTask<FoundPath?> AtAsync(ulong index, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            return await FindAsync(index);
        }
        catch
        {
            (current, page, following) = (-1, null, null);
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<FoundPath?> FindAsync(ulong index)
    {
        if (current < 0 || index < begins[current].Index)
        {
            Open(begins.FindLastIndex(begin => begin.Index <= index));
        }

        while (true)
        {
            var (children, last) = await page!; // opened above
            var at = index - begins[current].Index;
            if (at < (ulong)children.Count)
            {
                return children[(int)at];
            }

            if (last is null)
            {
                return null;
            }

            if (begins.Count == current + 1)
            {
                begins.Add((begins[current].Index + (ulong)children.Count, last));
            }

            var next = following;
            (current, page, following) = (current + 1, next ?? Read(last, otherPages), null);
            if ((await page).Last is { } after)
            {
                following = Read(after, otherPages);
            }
        }
    }

    private void Open(int number)
    {
        following = null;
        current = number;
        page = Read(begins[number].After, number == 0 ? firstPage : otherPages);
    }

    /// <summary>A page is read to its end even when who asked is interrupted: it is asked for again at once.</summary>
    private Task<(IReadOnlyList<FoundPath> Children, string? Last)> Read(string? after, int number) =>
        read(after, number, CancellationToken.None);
}
