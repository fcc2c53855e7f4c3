namespace Braid.Storage.Trees;

/// <summary>The paths that start with a prefix and come after a marker, in the order of their bytes.</summary>
internal sealed class WalkRange(string prefixText, string? afterText)
{
    private readonly byte[] prefix = TreePath.Bytes(prefixText);
    private readonly byte[]? after = afterText is null ? null : TreePath.Bytes(afterText);

    public bool Contains(string path)
    {
        var bytes = TreePath.Bytes(path).AsSpan();
        return bytes.StartsWith(prefix) && (after is null || bytes.SequenceCompareTo(after) > 0);
    }

    /// <summary>No path from this one on is in the range.</summary>
    public bool IsPast(string path)
    {
        var bytes = TreePath.Bytes(path).AsSpan();
        return !bytes.StartsWith(prefix) && bytes.SequenceCompareTo(prefix) > 0;
    }

    /// <summary>Whether a directory holds paths of the range, so that it need be opened.</summary>
    public bool MayBeBelow(string directory)
    {
        var bytes = TreePath.Bytes(directory).AsSpan();
        var mayHavePrefix = bytes.StartsWith(prefix) || prefix.AsSpan().StartsWith(bytes);
        return mayHavePrefix
            && (after is null || bytes.SequenceCompareTo(after) > 0 || after.AsSpan().StartsWith(bytes));
    }

    /// <summary>The key to seek in a directory: the first segment of the range's start below it; empty for its beginning.</summary>
    public byte[] FirstKeyIn(string directory)
    {
        var start = after is not null && after.AsSpan().SequenceCompareTo(prefix) > 0 ? after : prefix;
        var path = TreePath.Bytes(directory);
        if (!start.AsSpan().StartsWith(path))
        {
            return [];
        }

        var rest = start.AsSpan(path.Length);
        var slash = rest.IndexOf((byte)'/');
        return (slash < 0 ? rest : rest[..(slash + 1)]).ToArray();
    }
}
