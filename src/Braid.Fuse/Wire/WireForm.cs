using Braid.Fuse.Operations;

namespace Braid.Fuse.Wire;

/// <summary>The plain types of the operations, as the kernel reads them.</summary>
internal static class WireForm
{
    private const uint directoryBit = 0x4000;
    private const uint fileBit = 0x8000;
    private const uint blockSize = 128 * 1024;

    /// <summary>Sectors, as stat counts them whatever the block size.</summary>
    private const ulong sector = 512;

    public static EntryOut Entry(in Entry entry) =>
        new()
        {
            Node = entry.Attributes.Node,
            EntryValidSeconds = Seconds(entry.NameValid),
            EntryValidNanoseconds = Nanoseconds(entry.NameValid),
            AttributesValidSeconds = Seconds(entry.AttributesValid),
            AttributesValidNanoseconds = Nanoseconds(entry.AttributesValid),
            Attributes = Attributes(entry.Attributes),
        };

    public static AttributesOut Attributes(in NodeAttributes attributes, TimeSpan valid) =>
        new()
        {
            ValidSeconds = Seconds(valid),
            ValidNanoseconds = Nanoseconds(valid),
            Attributes = Attributes(attributes),
        };

    /// <summary>A handle, and for directories that the kernel may keep the listing.</summary>
    public static OpenOut Open(Opened opened, bool isDirectory) =>
        new()
        {
            Handle = opened.Handle,
            Flags =
                !opened.KeepCache ? OpenFlags.None
                : isDirectory ? OpenFlags.KeepCache | OpenFlags.CacheDirectory
                : OpenFlags.KeepCache,
        };

    public static StatisticsOut Statistics(Statistics statistics) =>
        new()
        {
            BlockSize = statistics.BlockSize,
            FragmentSize = statistics.BlockSize,
            Blocks = statistics.Blocks,
            FreeBlocks = statistics.FreeBlocks,
            AvailableBlocks = statistics.AvailableBlocks,
            NameLength = 255,
        };

    /// <summary>Reads the access mode and the flags of <c>open(2)</c>.</summary>
    public static OpenMode Mode(uint flags)
    {
        const uint writeOnly = 1;
        const uint readWrite = 2;
        const uint exclusive = 0x80;
        const uint truncate = 0x200;
        var mode = (flags & 3) switch
        {
            writeOnly => OpenMode.Write,
            readWrite => OpenMode.Read | OpenMode.Write,
            _ => OpenMode.Read,
        };
        mode |= (flags & truncate) != 0 ? OpenMode.Truncate : OpenMode.None;
        return mode | ((flags & exclusive) != 0 ? OpenMode.Exclusive : OpenMode.None);
    }

    /// <param name="now">The time that "now" means.</param>
    public static AttributeChange Change(in SetAttributesIn wire, DateTimeOffset now) =>
        new()
        {
            Size = wire.Valid.HasFlag(SetFields.Size) ? (long)wire.Size : null,
            Permissions = wire.Valid.HasFlag(SetFields.Mode) ? wire.Mode & 0xFFF : null,
            ChangesOwner = (wire.Valid & (SetFields.User | SetFields.Group)) != SetFields.None,
            Modified =
                wire.Valid.HasFlag(SetFields.ModifiedNow) ? now
                : wire.Valid.HasFlag(SetFields.Modified) ? Time(wire.ModifiedSeconds, wire.ModifiedNanoseconds)
                : null,
        };

    private static AttributesWire Attributes(in NodeAttributes attributes)
    {
        var seconds = attributes.Modified.ToUnixTimeSeconds();
        var nanoseconds = (uint)(attributes.Modified.UtcTicks % TimeSpan.TicksPerSecond * 100);
        return new()
        {
            Node = attributes.Node,
            Size = (ulong)attributes.Size,
            // A directory may show the bytes below it as its size; it takes none of its own, or du would count them twice.
            Blocks = attributes.IsDirectory ? 0 : ((ulong)attributes.Size + sector - 1) / sector,
            AccessedSeconds = seconds,
            ModifiedSeconds = seconds,
            ChangedSeconds = seconds,
            AccessedNanoseconds = nanoseconds,
            ModifiedNanoseconds = nanoseconds,
            ChangedNanoseconds = nanoseconds,
            Mode = attributes.Permissions | (attributes.IsDirectory ? directoryBit : fileBit),
            // One link says of a directory that its number of subdirectories is not known.
            Links = 1,
            User = attributes.User,
            Group = attributes.Group,
            BlockSize = blockSize,
        };
    }

    private static DateTimeOffset Time(long seconds, uint nanoseconds) =>
        DateTimeOffset
            .FromUnixTimeSeconds(Math.Clamp(seconds, -62_135_596_800, 253_402_300_799))
            .AddTicks(nanoseconds / 100);

    private static ulong Seconds(TimeSpan valid) => (ulong)(valid.Ticks / TimeSpan.TicksPerSecond);

    private static uint Nanoseconds(TimeSpan valid) => (uint)(valid.Ticks % TimeSpan.TicksPerSecond * 100);
}

/// <summary>What the kernel may do with an opened file or directory.</summary>
[Flags]
internal enum OpenFlags : uint
{
    None = 0,
    KeepCache = 1 << 1,
    CacheDirectory = 1 << 3,
}
