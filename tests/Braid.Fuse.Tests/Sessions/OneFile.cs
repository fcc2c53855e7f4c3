using Braid.Fuse.Operations;

namespace Braid.Fuse.Tests.Sessions;

/// <summary>A file system of one file, "greeting", whose reads can be made to wait.</summary>
internal sealed class OneFile : FuseHandler
{
    public const ulong File = 2;

    public static byte[] Content { get; } = "hello, kernel"u8.ToArray();

    public TaskCompletionSource? Hold { get; set; }

    public ulong Forgotten { get; private set; }

    public byte[] Written { get; private set; } = [];

    public AttributeChange Changed { get; private set; }

    public OpenMode Mode { get; private set; }

    public string Renamed { get; private set; } = "";

    public NodeAttributes Attributes { get; } =
        new()
        {
            Node = File,
            IsDirectory = false,
            Size = Content.Length,
            Permissions = 0x124,
            Modified = DateTimeOffset.UnixEpoch.AddSeconds(1.5),
            User = 7,
            Group = 8,
        };

    public override ValueTask<Outcome<Entry>> LookUpAsync(ulong parent, string name, CancellationToken ct) =>
        new(
            name switch
            {
                "greeting" => new Entry(Attributes, TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(1)),
                "bug" => throw new InvalidOperationException("a bug"),
                "none" => Entry.Missing(TimeSpan.FromSeconds(9)),
                _ => Errno.NotFound,
            }
        );

    public override void Forget(ulong node, ulong lookups) => Forgotten += node * lookups;

    public override ValueTask<Outcome<(NodeAttributes Attributes, TimeSpan Valid)>> GetAttributesAsync(
        ulong node,
        CancellationToken ct
    ) => new((Attributes, TimeSpan.FromSeconds(1)));

    public override ValueTask<Outcome<(NodeAttributes Attributes, TimeSpan Valid)>> SetAttributesAsync(
        ulong node,
        AttributeChange change,
        CancellationToken ct
    )
    {
        Changed = change;
        return new((Attributes, TimeSpan.FromSeconds(1)));
    }

    public override ValueTask<Errno> RenameAsync(
        ulong parent,
        string name,
        ulong newParent,
        string newName,
        bool mustBeFree,
        CancellationToken ct
    )
    {
        Renamed = $"{parent}/{name} -> {newParent}/{newName} {mustBeFree}";
        return new(Errno.None);
    }

    public override ValueTask<Outcome<Opened>> OpenAsync(ulong node, OpenMode mode, CancellationToken ct)
    {
        Mode = mode;
        return new(new Opened(42, KeepCache: true));
    }

    public override async ValueTask<Outcome<int>> ReadAsync(
        ulong handle,
        long offset,
        Memory<byte> into,
        CancellationToken ct
    )
    {
        if (Hold is { } hold)
        {
            await hold.Task.WaitAsync(ct);
        }

        var bytes = Content.AsMemory((int)Math.Min(offset, Content.Length));
        bytes = bytes[..Math.Min(bytes.Length, into.Length)];
        bytes.CopyTo(into);
        return bytes.Length;
    }

    public override ValueTask<Outcome<int>> WriteAsync(
        ulong handle,
        long offset,
        ReadOnlyMemory<byte> bytes,
        CancellationToken ct
    )
    {
        Written = bytes.ToArray();
        return new(bytes.Length);
    }

    public override void Release(ulong handle) => Forgotten += handle;

    public override ValueTask<Outcome<Opened>> OpenDirectoryAsync(ulong node, CancellationToken ct) =>
        new(new Opened(43, KeepCache: true));

    public override ValueTask<Errno> ReadDirectoryAsync(
        ulong handle,
        ulong offset,
        DirectoryPage page,
        CancellationToken ct
    )
    {
        for (var index = offset; index < 100; index++)
        {
            var entry = new Entry(Attributes, TimeSpan.Zero, TimeSpan.Zero);
            var isAdded = page.WantsAttributes
                ? page.TryAdd($"name {index}", entry, index + 1)
                : page.TryAdd($"name {index}", File, isDirectory: false, index + 1);
            if (!isAdded)
            {
                break;
            }
        }

        return new(Errno.None);
    }

    public override void ReleaseDirectory(ulong handle) => Forgotten += handle;

    public override ValueTask<Outcome<ReadOnlyMemory<byte>>> GetExtendedAsync(
        ulong node,
        string name,
        CancellationToken ct
    ) => new(name == "user.x" ? new Outcome<ReadOnlyMemory<byte>>(Content, Errno.None) : Errno.NoData);

    public override ValueTask<Outcome<IReadOnlyList<string>>> ListExtendedAsync(ulong node, CancellationToken ct) =>
        new(new Outcome<IReadOnlyList<string>>(["user.x", "user.y"], Errno.None));
}
