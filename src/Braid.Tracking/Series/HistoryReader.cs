using System.Buffers;
using Braid.Metadata;

namespace Braid.Tracking.Series;

/// <summary>
/// Reads a page of a series' history: 1 what is known of its blocks and its tail; 2 those that lie among each other in time are one
/// group, of which the samples are put in order together; 3 groups before the page are passed, unread where it is known how many samples
/// they hold; 4 the others are read until the page is full.
/// </summary>
internal sealed class HistoryReader(DbRead db, string id, HistoryPage page)
{
    private readonly List<Sample> found = Emptied(page.Into);
    private long left = page.After is null ? page.Offset : 0;

    public async Task<Page<Sample>> ReadAsync()
    {
        foreach (var group in TimeGroup.Of(await StepReader.PartsAsync(db, id))) // 1, 2
        {
            if (found.Count == page.Size)
            {
                return new(found, More: true);
            }

            if (!IsPassed(group) && await AddAsync(group)) // 3, 4
            {
                return new(found, More: true);
            }
        }

        return new(found, More: false);
    }

    private static List<Sample> Emptied(List<Sample>? list)
    {
        list?.Clear();
        return list ?? [];
    }

    private bool IsPassed(TimeGroup group)
    {
        if (page.After is { } after)
        {
            return group.IsBefore(after);
        }

        if (group.Count is not { } count || count > left)
        {
            return false;
        }

        left -= count;
        return true;
    }

    /// <summary>Whether the group has more than the page takes.</summary>
    private async Task<bool> AddAsync(TimeGroup group)
    {
        var arrived = ArrayPool<Sample>.Shared.Rent(0);
        try
        {
            var count = 0;
            foreach (var part in group.Parts)
            {
                (arrived, count) = await part.ReadAsync(db, id, arrived, count);
            }

            return Add(Arrangement.ByTime(new(arrived, 0, count)));
        }
        finally
        {
            ArrayPool<Sample>.Shared.Return(arrived);
        }
    }

    private bool Add(ReadOnlySpan<Sample> samples)
    {
        var passed = page.After is { } after
            ? Arrangement.CountUpTo(samples, after)
            : (int)Math.Min(left, samples.Length);
        left -= Math.Min(left, passed);
        var more = samples[passed..];
        var taken = more[..Math.Min(more.Length, page.Size - found.Count)];
        found.AddRange(taken);
        return taken.Length < more.Length;
    }
}
