namespace Braid.Storage.Trees;

/// <summary>The order of keys: their UTF-8 bytes, unsigned; a prefix comes first.</summary>
internal sealed class KeyOrder : IComparer<ReadOnlyMemory<byte>>
{
    public static KeyOrder Instance { get; } = new();

    int IComparer<ReadOnlyMemory<byte>>.Compare(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right) =>
        Compare(left, right);

    public static int Compare(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right) =>
        left.Span.SequenceCompareTo(right.Span);
}
