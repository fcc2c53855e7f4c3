using Braid.Storage.Files;
using Braid.Storage.Packs;

namespace Braid.Storage;

/// <summary>A file in the making; holds a few blocks of 4 MiB of it at most. Not for use by several threads at a time.</summary>
public sealed class ContentWriter : IDisposable
{
    private readonly ChunkWriter writer;

    internal ContentWriter(PackStore chunks) => writer = new(chunks, new(chunks));

    /// <summary>The next bytes; the memory may be used otherwise when it returns.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct) => writer.WriteAsync(bytes, ct);

    /// <summary>The end of the file. Durable after the hold's seal.</summary>
    public ValueTask<FileContent> FinishAsync(CancellationToken ct) => writer.FinishAsync(ct);

    public void Dispose() => writer.Dispose();
}
