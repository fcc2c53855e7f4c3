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

    /// <summary>The pack's place; a new one when it is not known.</summary>
    public int AddOrFind(PackId id)
    {
        lock (gate)
        {
            return ordinals.TryGetValue(id, out var known) ? known : Add(id);
        }
    }

    /// <summary>Forgets a pack that is deleted; its place is not given out again.</summary>
    public void Remove(int ordinal)
    {
        lock (gate)
        {
            ordinals.Remove(ids[ordinal]);
        }
    }

    /// <summary>The packs that are not being written.</summary>
    public IReadOnlyList<(PackId Id, int Ordinal)> Sealed()
    {
        lock (gate)
        {
            return [.. ordinals.Where(pack => WriterOf(pack.Value) is null).Select(pack => (pack.Key, pack.Value))];
        }
    }

    /// <summary>The packs that are being written.</summary>
    public IReadOnlyCollection<PackWriter> Writers() => [.. writers.Values];

    /// <summary>False for a pack that is being written here.</summary>
    public bool IsSealedOrNew(PackId id)
    {
        lock (gate)
        {
            return !ordinals.TryGetValue(id, out var ordinal) || WriterOf(ordinal) is null;
        }
    }

    public PackId IdOf(int ordinal)
    {
        lock (gate)
        {
            return ids[ordinal];
        }
    }

    /// <summary>Adds a pack that is to be written.</summary>
    public PackWriter Open(PackId id, Func<int, PackWriter> open)
    {
        lock (gate)
        {
            var writer = open(ids.Count);
            return writers[Add(id)] = writer;
        }
    }

    public void Closed(PackWriter writer) => writers.TryRemove(writer.Ordinal, out _);

    /// <summary>The writer of a pack that is still open; null when the store has all of it.</summary>
    public PackWriter? WriterOf(int ordinal) => writers.GetValueOrDefault(ordinal);
}
