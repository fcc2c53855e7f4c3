using System.Collections.Concurrent;

namespace Braid.Storage.Packs;

/// <summary>The packs that are known, numbered in the order they were met, and the writers of those still open.</summary>
internal sealed class PackCatalog
{
    private readonly Lock gate = new();
    private readonly Dictionary<PackId, int> ordinals = [];
    private readonly ConcurrentDictionary<int, PackWriter> writers = new();
    private readonly List<PackId> ids = [];

    public bool Contains(PackId id)
    {
        lock (gate)
        {
            return ordinals.ContainsKey(id);
        }
    }

    public int Add(PackId id)
    {
        lock (gate)
        {
            ordinals.Add(id, ids.Count);
            ids.Add(id);
            return ids.Count - 1;
        }
    }

    public PackId IdOf(int ordinal)
    {
        lock (gate)
        {
            return ids[ordinal];
        }
    }

    public void Opened(PackWriter writer) => writers[writer.Ordinal] = writer;

    public void Closed(PackWriter writer) => writers.TryRemove(writer.Ordinal, out _);

    /// <summary>The writer of a pack that is still open; null when the store has all of it.</summary>
    public PackWriter? WriterOf(int ordinal) => writers.GetValueOrDefault(ordinal);
}
