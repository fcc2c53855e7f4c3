namespace Braid.TensorBoard.Hot;

/// <summary>Scalars as four columns, row by row in the order of the file. Grows when needed; cleared, it is used again.</summary>
public sealed class ScalarColumns(int capacity)
{
    private int[] tags = new int[capacity];
    private long[] steps = new long[capacity];
    private double[] wallTimes = new double[capacity];
    private double[] values = new double[capacity];

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>Numbers of tags in the run's <see cref="TagTable"/>.</summary>
    public ReadOnlySpan<int> Tags => tags.AsSpan(0, Count);

    /// <summary>May be negative; 0 where the writer gave none.</summary>
    public ReadOnlySpan<long> Steps => steps.AsSpan(0, Count);

    /// <summary>Seconds since 1970.</summary>
    public ReadOnlySpan<double> WallTimes => wallTimes.AsSpan(0, Count);

    /// <summary>Numbers as they were written, single precision widened.</summary>
    public ReadOnlySpan<double> Values => values.AsSpan(0, Count);

    /// <summary>Forgets the rows.</summary>
    public void Clear() => Count = 0;

    internal void Add(int tag, long step, double wallTime, double value)
    {
        var at = Count;
        if (at == tags.Length)
        {
            Grow();
        }

        tags[at] = tag;
        steps[at] = step;
        wallTimes[at] = wallTime;
        values[at] = value;
        Count = at + 1;
    }

    /// <summary>Forgets the rows from <paramref name="count"/> on.</summary>
    internal void Truncate(int count) => Count = count;

    private void Grow()
    {
        var capacity = Math.Max(16, tags.Length * 2);
        Array.Resize(ref tags, capacity);
        Array.Resize(ref steps, capacity);
        Array.Resize(ref wallTimes, capacity);
        Array.Resize(ref values, capacity);
    }
}
