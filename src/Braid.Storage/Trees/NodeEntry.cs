using Braid.Primitives;
using Braid.Storage.Files;

namespace Braid.Storage.Trees;

/// <summary>What an entry of a node stands for.</summary>
internal enum NodeEntryKind : byte
{
    /// <summary>A node one level lower; its key is the last key in it.</summary>
    Node = 0,
    File = 1,

    /// <summary>A directory, by its root node; its key ends with '/'.</summary>
    Directory = 2,
}

/// <summary>One entry of a node of a directory.</summary>
/// <param name="Depth">Of a file, the depth of its content; else 0.</param>
/// <param name="Files">Files at or below it.</param>
internal readonly record struct NodeEntry(
    ReadOnlyMemory<byte> Key,
    NodeEntryKind Kind,
    byte Depth,
    Sha256Hash Hash,
    long Size,
    long Files
)
{
    public static NodeEntry OfFile(ReadOnlyMemory<byte> key, FileContent content) =>
        new(key, NodeEntryKind.File, (byte)content.Depth, content.Hash, content.Size, 1);

    public bool HasContentOf(in NodeEntry other) => Kind == other.Kind && Size == other.Size && Hash == other.Hash;

    /// <summary>The same name for the same content.</summary>
    public bool IsSameAs(in NodeEntry other) => HasContentOf(other) && Key.Span.SequenceEqual(other.Key.Span);

    /// <summary>The entry as callers see it, below a directory whose path ends with '/'.</summary>
    public TreeEntry Below(string directory)
    {
        var path = directory + TreePath.Text(Key);
        return Kind == NodeEntryKind.File
            ? new(path, EntryKind.File, Size, 1, Hash, new(Hash, Size, Depth))
            : new(path, EntryKind.Directory, Size, Files, Hash, null);
    }
}
