using Braid.Storage.Trees;

namespace Braid.Gateway.Web.Versions.Contents;

/// <summary>The order of a directory's children: <c>name</c> (as the tree has it), <c>size</c>, <c>type</c> or <c>files</c>, with a minus downward.</summary>
internal sealed class ChildOrder
{
    private readonly Comparison<TreeEntry>? compare;

    private ChildOrder(Comparison<TreeEntry>? compare, bool isDown)
    {
        this.compare = compare;
        IsBackward = isDown && compare is null;
        IsDown = isDown;
    }

    /// <summary>The tree itself is read from its end.</summary>
    public bool IsBackward { get; }

    /// <summary>False where the tree is read in this order already.</summary>
    public bool Sorts => compare is not null;

    private bool IsDown { get; }

    /// <summary>By name, when the text is no order.</summary>
    public static ChildOrder Parse(string text) =>
        new(
            text.TrimStart('-') switch
            {
                "size" => (one, other) => one.Size.CompareTo(other.Size),
                "files" => (one, other) => one.Files.CompareTo(other.Files),
                "type" => (one, other) => string.CompareOrdinal(TypeOf(one), TypeOf(other)),
                _ => null,
            },
            text.StartsWith('-')
        );

    /// <summary>Equal ones stay in the order of their names.</summary>
    public IReadOnlyList<TreeEntry> Sort(IReadOnlyList<TreeEntry> children)
    {
        var by = Comparer<TreeEntry>.Create(compare ?? ((_, _) => 0));
        return [.. IsDown ? children.OrderDescending(by) : children.Order(by)];
    }

    /// <summary>Folders come first.</summary>
    private static string TypeOf(TreeEntry entry) =>
        entry.Kind == EntryKind.Directory ? "" : $".{Path.GetExtension(entry.Name).ToLowerInvariant()}";
}
