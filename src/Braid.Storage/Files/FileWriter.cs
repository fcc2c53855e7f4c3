using System.Buffers;
using System.IO.Pipelines;
using Braid.Storage.Chunking;
using Braid.Storage.Packs;

namespace Braid.Storage.Files;

/// <summary>Stores whole files and tails of files.</summary>
internal sealed class FileWriter(PackStore chunks)
{
    public async ValueTask<FileContent> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        if (bytes.Length > ChunkSizes.Min)
        {
            using var writer = new ChunkWriter(chunks, new(chunks));
            await writer.WriteAsync(bytes, ct);
            return await writer.FinishAsync(ct);
        }

        return bytes.IsEmpty ? FileContent.Empty : new(await chunks.PutAsync(bytes, ct), bytes.Length, 0);
    }

    public async Task<FileContent> WriteAsync(Stream from, CancellationToken ct)
    {
        using var writer = new ChunkWriter(chunks, new(chunks));
        return await CopyAsync(from, writer, ct);
    }

    public async Task<FileContent> WriteAsync(PipeReader from, CancellationToken ct)
    {
        using var writer = new ChunkWriter(chunks, new(chunks));
        while (true)
        {
            var read = await from.ReadAsync(ct);
            foreach (var segment in read.Buffer)
            {
                await writer.WriteAsync(segment, ct);
            }

            from.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return await writer.FinishAsync(ct);
            }
        }
    }

    /// <summary>Cuts the head's last chunk anew with what follows it; all chunks before it stay as they are.</summary>
    public async Task<FileContent> AppendAsync(FileContent head, Stream tail, CancellationToken ct)
    {
        var (list, last) = await ChunkListBuilder.ResumeAsync(chunks, head, ct);
        using var writer = new ChunkWriter(chunks, list);
        if (last is { } chunk)
        {
            using var bytes = await chunks.ReadAsync(chunk.Hash, ct);
            await writer.WriteAsync(bytes.Memory, ct);
        }

        return await CopyAsync(tail, writer, ct);
    }

    private static async Task<FileContent> CopyAsync(Stream from, ChunkWriter writer, CancellationToken ct)
    {
        while (await from.ReadAsync(writer.Free, ct) is var got and > 0)
        {
            await writer.AdvanceAsync(got, ct);
        }

        return await writer.FinishAsync(ct);
    }
}
