using Braid.Storage;
using Braid.Storage.Files;

namespace Braid.Data.EditLogs;

/// <summary>
/// The file that is appended to just now. Its bytes are stored as they come, cut as if they had come at once; a small file
/// waits in one buffer, which all small files share.
/// </summary>
internal sealed class GrowingFile(ContentHold hold) : IDisposable
{
    private const int smallLength = 64 * 1024;

    private readonly List<FileContent> parts = [];
    private byte[] small = [];
    private int smallUsed;
    private ContentWriter? large;

    public async ValueTask AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        if (large is null && smallUsed + bytes.Length <= smallLength)
        {
            AddSmall(bytes.Span);
            return;
        }

        large ??= hold.Begin();
        await DrainSmallAsync(large, ct);
        await large.WriteAsync(bytes, ct);
    }

    public async ValueTask AddAsync(Stream bytes, CancellationToken ct)
    {
        await EndRunAsync(ct);
        parts.Add(await hold.WriteAsync(bytes, ct));
    }

    public async ValueTask AddAsync(FileContent content, CancellationToken ct)
    {
        await EndRunAsync(ct);
        parts.Add(content);
    }

    /// <summary>All that was added; the next file begins.</summary>
    public async ValueTask<FileContent> FinishAsync(CancellationToken ct)
    {
        if (parts.Count == 0 && large is null)
        {
            return await FinishSmallAsync(ct);
        }

        await EndRunAsync(ct);
        var whole = parts is [var only] ? only : await hold.ConcatAsync(parts, ct);
        parts.Clear();
        return whole;
    }

    public void Dispose() => large?.Dispose();

    private void AddSmall(ReadOnlySpan<byte> bytes)
    {
        if (smallUsed + bytes.Length > small.Length)
        {
            Array.Resize(ref small, smallLength);
        }

        bytes.CopyTo(small.AsSpan(smallUsed));
        smallUsed += bytes.Length;
    }

    private async ValueTask<FileContent> FinishSmallAsync(CancellationToken ct)
    {
        var content = await hold.WriteAsync(small.AsMemory(0, smallUsed), ct);
        smallUsed = 0;
        return content;
    }

    private async ValueTask DrainSmallAsync(ContentWriter to, CancellationToken ct)
    {
        if (smallUsed > 0)
        {
            await to.WriteAsync(small.AsMemory(0, smallUsed), ct);
            smallUsed = 0;
        }
    }

    private async ValueTask EndRunAsync(CancellationToken ct)
    {
        if (large is { } writer)
        {
            parts.Add(await writer.FinishAsync(ct));
            writer.Dispose();
            large = null;
        }
        else if (smallUsed > 0)
        {
            parts.Add(await FinishSmallAsync(ct));
        }
    }
}
