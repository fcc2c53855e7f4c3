using Braid.Primitives;
using Braid.Storage.Files;
using Braid.Storage.Roots;
using Braid.Storage.Trees;

namespace Braid.Storage.Sweeping;

/// <summary>What a chunk is where it is referred to: the same bytes may be a node here and file data there.</summary>
internal enum RefKind : byte
{
    Data,
    List,
    Node,
}

/// <summary>A reference to a chunk.</summary>
/// <param name="Depth">Of a list, its depth; else 0.</param>
internal readonly record struct ContentRef(Sha256Hash Hash, RefKind Kind, byte Depth)
{
    public static ContentRef Of(TreeRoot tree) => new(tree.Hash, RefKind.Node, 0);

    public static ContentRef Of(FileContent file) => OfFile(file.Hash, file.Depth);

    public static ContentRef OfFile(Sha256Hash hash, int depth) =>
        new(hash, depth == 0 ? RefKind.Data : RefKind.List, (byte)depth);

    /// <summary>What the root refers to; null when nothing is stored for it.</summary>
    public static ContentRef? Of(StoredRoot root) =>
        root.File is { } file
            ? file.Size == 0
                ? null
                : Of(file)
            : root.Tree.IsEmpty
                ? null
                : Of(root.Tree);
}
