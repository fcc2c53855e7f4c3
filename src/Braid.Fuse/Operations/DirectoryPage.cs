using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Braid.Fuse.Wire;

namespace Braid.Fuse.Operations;

/// <summary>A page of a directory's names, laid out as the kernel reads it.</summary>
public sealed class DirectoryPage
{
    private const uint directoryType = 4;
    private const uint fileType = 8;

    private readonly Memory<byte> room;

    internal DirectoryPage(Memory<byte> room, bool wantsAttributes)
    {
        this.room = room;
        WantsAttributes = wantsAttributes;
    }

    /// <summary>The kernel takes attributes along with the names (and then holds each node that has any).</summary>
    public bool WantsAttributes { get; }

    internal int Length { get; private set; }

    /// <summary>Adds a name without attributes. False when the page is full: nothing was added.</summary>
    /// <param name="node">The inode number that is shown.</param>
    /// <param name="next">The offset at which the listing goes on after this name; never 0.</param>
    public bool TryAdd(string name, ulong node, bool isDirectory, ulong next) =>
        Add(name, node, isDirectory, next, default);

    /// <summary>
    /// Adds a name with its node: the kernel then holds it, as after a look-up. False when the page is full: nothing was added,
    /// and the node is not held. Only while <see cref="WantsAttributes"/>.
    /// </summary>
    public bool TryAdd(string name, in Entry entry, ulong next) =>
        Add(name, entry.Attributes.Node, entry.Attributes.IsDirectory, next, WireForm.Entry(entry));

    private bool Add(string name, ulong node, bool isDirectory, ulong next, in EntryOut entry)
    {
        var text = Encoding.UTF8.GetByteCount(name);
        var before = WantsAttributes ? Unsafe.SizeOf<EntryOut>() : 0;
        var size = (before + Unsafe.SizeOf<DirectoryEntryOut>() + text + 7) & ~7;
        if (Length + size > room.Length)
        {
            return false;
        }

        var to = room.Span.Slice(Length, size);
        to.Clear();
        if (WantsAttributes)
        {
            MemoryMarshal.Write(to, in entry);
        }

        var header = new DirectoryEntryOut
        {
            Node = node,
            Offset = next,
            NameLength = (uint)text,
            Type = isDirectory ? directoryType : fileType,
        };
        MemoryMarshal.Write(to[before..], in header);
        Encoding.UTF8.GetBytes(name, to[(before + Unsafe.SizeOf<DirectoryEntryOut>())..]);
        Length += size;
        return true;
    }
}
