using Microsoft.Win32.SafeHandles;

namespace Braid.Storage.Blobs;

/// <summary>Keeps the files that were read last open, at most <paramref name="capacity"/> besides those in use.</summary>
internal sealed class HandleCache(int capacity, Func<string, SafeFileHandle> open) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<Shared>> byName = new(StringComparer.Ordinal);
    private readonly LinkedList<Shared> recent = new();

    /// <summary>The file, open until the lease is disposed, whatever happens to the cache.</summary>
    public Lease Borrow(string name)
    {
        lock (gate)
        {
            var shared = byName.TryGetValue(name, out var node) ? Touch(node) : Add(name);
            shared.Users++;
            return new(this, shared);
        }
    }

    /// <summary>Later readers open the file anew.</summary>
    public void Forget(string name)
    {
        lock (gate)
        {
            if (byName.TryGetValue(name, out var node))
            {
                Drop(node);
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            while (recent.First is { } node)
            {
                Drop(node);
            }
        }
    }

    private Shared Touch(LinkedListNode<Shared> node)
    {
        recent.Remove(node);
        recent.AddFirst(node);
        return node.Value;
    }

    private Shared Add(string name)
    {
        var shared = new Shared(name, open(name)) { Users = 1 };
        byName[name] = recent.AddFirst(shared);
        if (recent.Count > capacity && recent.Last is { } oldest)
        {
            Drop(oldest);
        }

        return shared;
    }

    private void Drop(LinkedListNode<Shared> node)
    {
        recent.Remove(node);
        byName.Remove(node.Value.Name);
        Release(node.Value);
    }

    private void Release(Shared shared)
    {
        lock (gate)
        {
            if (--shared.Users == 0)
            {
                shared.Handle.Dispose();
            }
        }
    }

    /// <summary>A file that the cache (one user while it keeps it) and its readers hold together.</summary>
    internal sealed class Shared(string name, SafeFileHandle handle)
    {
        public string Name => name;

        public SafeFileHandle Handle => handle;

        public int Users { get; set; }
    }

    internal readonly struct Lease(HandleCache owner, Shared shared) : IDisposable
    {
        public SafeFileHandle Handle => shared.Handle;

        public void Dispose() => owner.Release(shared);
    }
}
