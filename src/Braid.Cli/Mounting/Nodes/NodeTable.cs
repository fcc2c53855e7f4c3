using System.Diagnostics.CodeAnalysis;
using Braid.Fuse.Operations;

namespace Braid.Cli.Mounting.Nodes;

/// <summary>Every node that the kernel holds, by number and by name. One lock: each call is a few steps.</summary>
internal sealed class NodeTable
{
    private readonly Lock gate = new();
    private readonly Dictionary<ulong, Node> byId = [];
    private readonly Dictionary<(ulong Parent, string Name), Node> byName = [];
    private ulong last = FuseHandler.Root;

    public NodeTable(Node root)
    {
        root.Id = FuseHandler.Root;
        byId[root.Id] = root;
    }

    public Node? Find(ulong id)
    {
        lock (gate)
        {
            return byId.GetValueOrDefault(id);
        }
    }

    /// <summary>The node at a name, if it is known; it is held once more.</summary>
    public bool TryHold(Node parent, string name, [NotNullWhen(true)] out Node? node)
    {
        lock (gate)
        {
            if (!byName.TryGetValue((parent.Id, name), out node))
            {
                return false;
            }

            node.Lookups++;
            return true;
        }
    }

    /// <summary>The node at a name, or a new one; it is held once more.</summary>
    public Node Hold(Node parent, string name, Func<Node> make)
    {
        lock (gate)
        {
            if (!byName.TryGetValue((parent.Id, name), out var node))
            {
                node = make();
                node.Id = ++last;
                node.Parent = parent;
                node.Name = name;
                byId[node.Id] = node;
                byName[(parent.Id, name)] = node;
            }

            node.Lookups++;
            return node;
        }
    }

    /// <summary>A new node takes the name; the old one lives on for who holds it. The new one is held.</summary>
    public Node Replace(Node parent, string name, Func<Node> make)
    {
        lock (gate)
        {
            if (byName.Remove((parent.Id, name), out var old))
            {
                old.IsPinned = false;
            }

            return Hold(parent, name, make);
        }
    }

    public void Forget(ulong id, ulong lookups)
    {
        lock (gate)
        {
            if (!byId.TryGetValue(id, out var node))
            {
                return;
            }

            node.Lookups -= Math.Min(lookups, node.Lookups);
            if (node.Lookups == 0 && !node.IsPinned && id != FuseHandler.Root)
            {
                byId.Remove(id);
                Unname(node);
            }
        }
    }

    /// <summary>The name means nothing any more; the node lives on for who holds it.</summary>
    public void Remove(Node parent, string name)
    {
        lock (gate)
        {
            if (byName.TryGetValue((parent.Id, name), out var node))
            {
                Unname(node);
                node.Parent = null;
            }
        }
    }

    public void Rename(Node parent, string name, Node newParent, string newName)
    {
        lock (gate)
        {
            if (byName.TryGetValue((newParent.Id, newName), out var replaced))
            {
                Unname(replaced);
                replaced.Parent = null;
            }

            if (byName.Remove((parent.Id, name), out var node))
            {
                (node.Parent, node.Name) = (newParent, newName);
                byName[(newParent.Id, newName)] = node;
            }
        }
    }

    private void Unname(Node node)
    {
        if (node.Parent is { } parent && byName.GetValueOrDefault((parent.Id, node.Name)) == node)
        {
            byName.Remove((parent.Id, node.Name));
        }
    }
}
