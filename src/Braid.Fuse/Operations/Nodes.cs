namespace Braid.Fuse.Operations;

/// <summary>What <c>stat</c> shows of a node.</summary>
public readonly record struct NodeAttributes
{
    /// <summary>The node's number, shown as the inode's.</summary>
    public required ulong Node { get; init; }

    /// <summary>True for a directory, false for a regular file: there is nothing else.</summary>
    public required bool IsDirectory { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Permission bits, for example 0444 in octal.</summary>
    public required uint Permissions { get; init; }

    /// <summary>Shown as all three times.</summary>
    public required DateTimeOffset Modified { get; init; }

    /// <summary>The owner's user id.</summary>
    public required uint User { get; init; }

    /// <summary>The owner's group id.</summary>
    public required uint Group { get; init; }
}

/// <summary>A name that was looked up or made.</summary>
/// <param name="Attributes">Of the node it names.</param>
/// <param name="NameValid">How long the kernel may take the name for that node without asking again.</param>
/// <param name="AttributesValid">How long the kernel may take the attributes for true.</param>
public readonly record struct Entry(NodeAttributes Attributes, TimeSpan NameValid, TimeSpan AttributesValid)
{
    /// <summary>That there is no such name, remembered for a while.</summary>
    public static Entry Missing(TimeSpan valid) => new(default, valid, TimeSpan.Zero);
}

/// <summary>An opened file or directory.</summary>
/// <param name="Handle">Given with every operation on it until it is released.</param>
/// <param name="KeepCache">What the kernel holds of it in memory is still true.</param>
public readonly record struct Opened(ulong Handle, bool KeepCache);

/// <summary>What <c>chmod</c>, <c>truncate</c> and <c>utimes</c> ask for; null leaves as it is.</summary>
public readonly record struct AttributeChange
{
    /// <summary>The new length in bytes.</summary>
    public long? Size { get; init; }

    /// <summary>The new permission bits.</summary>
    public uint? Permissions { get; init; }

    /// <summary>The new time of change.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>True when the owner or group should change.</summary>
    public bool ChangesOwner { get; init; }
}

/// <summary>How a file is opened.</summary>
[Flags]
public enum OpenMode
{
    /// <summary>Nothing but looking at it.</summary>
    None = 0,

    /// <summary>It will be read.</summary>
    Read = 1,

    /// <summary>It will be written.</summary>
    Write = 2,

    /// <summary>It is emptied first.</summary>
    Truncate = 4,

    /// <summary>Fails when it exists.</summary>
    Exclusive = 8,
}

/// <summary>What <c>df</c> shows.</summary>
/// <param name="BlockSize">Bytes.</param>
public readonly record struct Statistics(uint BlockSize, ulong Blocks, ulong FreeBlocks, ulong AvailableBlocks);
