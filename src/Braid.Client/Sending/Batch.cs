namespace Braid.Client.Sending;

/// <summary>What goes into the next requests: points, parameters and tags apart, so that a refused parameter loses no points.</summary>
internal sealed class Batch
{
    private readonly BatchPart metrics = new(EntryKind.Metric, 1000);
    private readonly BatchPart parameters = new(EntryKind.Param, 100);
    private readonly BatchPart tags = new(EntryKind.Tag, 100);

    /// <summary>The parts that hold something.</summary>
    public IEnumerable<BatchPart> Parts => new[] { parameters, tags, metrics }.Where(part => part.Count > 0);

    /// <summary>False when its part is full, or when it goes into no batch.</summary>
    public bool TryAdd(in Entry entry) =>
        entry.Kind switch
        {
            EntryKind.Metric => metrics.TryAdd(entry),
            EntryKind.Param => parameters.TryAdd(entry),
            EntryKind.Tag => tags.TryAdd(entry),
            _ => false,
        };
}

/// <summary>Entries of one kind, as many as the server takes at once.</summary>
internal sealed class BatchPart(EntryKind kind, int limit)
{
    private readonly List<Entry> entries = [];

    public EntryKind Kind => kind;

    public int Count => entries.Count;

    public IReadOnlyList<Entry> Entries => entries;

    public bool TryAdd(in Entry entry)
    {
        if (entries.Count == limit)
        {
            return false;
        }

        entries.Add(entry);
        return true;
    }

    public void Clear() => entries.Clear();
}
