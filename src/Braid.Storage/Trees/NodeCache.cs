using Braid.Primitives;

namespace Braid.Storage.Trees;

/// <summary>The nodes used last, up to a sum of the memory that they take.</summary>
internal sealed class NodeCache(long capacity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Sha256Hash, LinkedListNode<(Sha256Hash Hash, TreeNode Node)>> byHash = [];
    private readonly LinkedList<(Sha256Hash Hash, TreeNode Node)> recent = new();
    private long held;

    public long HeldBytes
    {
        get
        {
            lock (gate)
            {
                return held;
            }
        }
    }

    public TreeNode? Find(Sha256Hash hash)
    {
        lock (gate)
        {
            if (!byHash.TryGetValue(hash, out var found))
            {
                return null;
            }

            recent.Remove(found);
            recent.AddFirst(found);
            return found.Value.Node;
        }
    }

    public void Add(Sha256Hash hash, TreeNode node)
    {
        lock (gate)
        {
            if (byHash.TryAdd(hash, recent.AddFirst((hash, node))))
            {
                held += node.HeldBytes;
            }
            else
            {
                recent.RemoveFirst();
            }

            while (held > capacity && recent.Last is { } oldest)
            {
                recent.RemoveLast();
                byHash.Remove(oldest.Value.Hash);
                held -= oldest.Value.Node.HeldBytes;
            }
        }
    }
}
