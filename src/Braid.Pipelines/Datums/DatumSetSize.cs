using Braid.Pipelines.Specs;

namespace Braid.Pipelines.Datums;

/// <summary>How many datums a worker takes at a time.</summary>
internal static class DatumSetSize
{
    /// <summary>Parts of what remains that each worker is given, where the spec does not say, so that none waits long for the last.</summary>
    private const int shares = 2;

    /// <param name="total">Datums that the job has to run in all.</param>
    /// <param name="remaining">Those of them that have not ended.</param>
    /// <param name="workers">Workers that may run datums of the job side by side.</param>
    public static long Of(DatumSets sets, long total, long remaining, long workers) =>
        Math.Max(
            1,
            sets.Number > 0 ? sets.Number
                : sets.PerWorker > 0 ? Divide(total, workers * sets.PerWorker)
                : Divide(remaining, workers * shares)
        );

    /// <summary>The first datums of a set whose inputs together have no more bytes than the spec says, at least one.</summary>
    public static IReadOnlyList<DatumRow> Cut(DatumSets sets, IReadOnlyList<DatumRow> datums)
    {
        if (sets.SizeBytes <= 0)
        {
            return datums;
        }

        var bytes = 0L;
        var fitting = datums
            .TakeWhile(datum => (bytes += datum.ReadInputs().Sum(i => i.Size)) <= sets.SizeBytes)
            .ToList();
        return fitting.Count > 0 ? fitting : [.. datums.Take(1)];
    }

    private static long Divide(long count, long parts) => (count + parts - 1) / parts;
}
