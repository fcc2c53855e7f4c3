using Braid.Primitives;

namespace Braid.Storage.Trees;

/// <summary>The keys of a directory that a listing asks for, and where a cursor meets the first of them.</summary>
internal sealed class ListRange
{
    private readonly byte[] prefix;
    private readonly byte[]? after;
    private readonly bool reverse;

    private ListRange(byte[] prefix, byte[]? after, bool reverse)
    {
        this.prefix = prefix;
        this.after = after;
        this.reverse = reverse;
    }

    public static ListRange Of(ListOptions options) =>
        new(TreePath.Bytes(options.Prefix), options.After is { } after ? TreePath.Bytes(after) : null, options.Reverse);

    public ValueTask SeekAsync(NodeCursor cursor, Sha256Hash directory, CancellationToken ct) =>
        First() is { } key ? cursor.SeekAsync(directory, key, ct) : cursor.StartAtLeafAsync(directory, ct);

    public bool Contains(ReadOnlySpan<byte> key) => key.StartsWith(prefix) && (after is null || Order(key, after) > 0);

    /// <summary>Neither this key nor any behind it is in the range.</summary>
    public bool IsPast(ReadOnlySpan<byte> key) => !key.StartsWith(prefix) && Order(key, prefix) > 0;

    private int Order(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        reverse ? right.SequenceCompareTo(left) : left.SequenceCompareTo(right);

    // Backward, the first key with a prefix is the last below the text that follows all texts with it.
    private byte[]? First()
    {
        var start = reverse ? Successor(prefix) : prefix;
        return start is null || (after is not null && Order(after, start) > 0) ? after : start;
    }

    private static byte[]? Successor(byte[] prefix)
    {
        var length = prefix.AsSpan().TrimEnd(byte.MaxValue).Length;
        if (length == 0)
        {
            return null;
        }

        var next = prefix[..length];
        next[^1]++;
        return next;
    }
}
