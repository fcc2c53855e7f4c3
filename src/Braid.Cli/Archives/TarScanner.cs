using System.Buffers;

namespace Braid.Cli.Archives;

/// <summary>
/// Reads a tar archive (ustar, GNU, pax) from a stream, member by member. Beside the base library's reader it takes no
/// allocation per member but the name, and it bounds what a header may ask for: an archive is somebody else's.
/// </summary>
internal sealed class TarScanner(Stream archive) : IAsyncDisposable
{
    private const int bufferBytes = 256 * 1024;
    private const int longestName = 64 * 1024;

    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(bufferBytes);
    private int start;
    private int end;
    private long contentLeft;
    private int padding;

    /// <summary>The next member, after what is left of the one before; null at the end.</summary>
    /// <exception cref="InvalidDataException">It is no tar archive, or it is cut short.</exception>
    public async ValueTask<TarMember?> NextAsync(CancellationToken ct)
    {
        await SkipAsync(contentLeft + padding, ct);
        (contentLeft, padding) = (0, 0);
        var named = default(TarNames);
        while (await FillAsync(TarHeader.Length, ct))
        {
            var header = TarHeader.Read(buffer.AsSpan(start, TarHeader.Length));
            start += TarHeader.Length;
            if (header is not { } found)
            {
                return null;
            }

            if (found.IsAboutNext)
            {
                named = named.With(found, await MetadataAsync(found.Size, ct));
                continue;
            }

            var member = named.Apply(found);
            (contentLeft, padding) = (member.Size, PaddingOf(member.Size));
            return member;
        }

        // The two empty blocks of the end are often missing; a header that is cut is not.
        return start == end ? null : throw CutShort();
    }

    /// <summary>The next bytes of the member's content; none at its end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(int most, CancellationToken ct)
    {
        if (contentLeft == 0)
        {
            return default;
        }

        if (start == end && !await FillAsync(1, ct))
        {
            throw CutShort();
        }

        var length = (int)Math.Min(Math.Min(end - start, most), contentLeft);
        var bytes = buffer.AsMemory(start, length);
        start += length;
        contentLeft -= length;
        return bytes;
    }

    /// <summary>The whole content when it lies in the buffer or fits in it; the bytes are valid until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> TryReadWholeAsync(CancellationToken ct)
    {
        if (contentLeft > bufferBytes / 2)
        {
            return null;
        }

        if (!await FillAsync((int)contentLeft, ct))
        {
            throw CutShort();
        }

        return await ReadAsync(int.MaxValue, ct);
    }

    public ValueTask DisposeAsync()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        return archive.DisposeAsync();
    }

    private static int PaddingOf(long size) => (int)(-size & (TarHeader.Length - 1));

    private static InvalidDataException CutShort() => new("it is cut short");

    private async ValueTask<byte[]> MetadataAsync(long size, CancellationToken ct)
    {
        if (size > longestName)
        {
            throw new InvalidDataException($"a member's name takes {size} bytes; {longestName} are allowed");
        }

        if (!await FillAsync((int)size, ct))
        {
            throw CutShort();
        }

        var bytes = buffer.AsSpan(start, (int)size).ToArray();
        start += (int)size;
        await SkipAsync(PaddingOf(size), ct);
        return bytes;
    }

    /// <summary>True when at least so many bytes lie in the buffer.</summary>
    private async ValueTask<bool> FillAsync(int wanted, CancellationToken ct)
    {
        if (end - start >= wanted)
        {
            return true;
        }

        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        while (end < wanted)
        {
            var got = await archive.ReadAsync(buffer.AsMemory(end), ct);
            if (got == 0)
            {
                return false;
            }

            end += got;
        }

        return true;
    }

    private async ValueTask SkipAsync(long bytes, CancellationToken ct)
    {
        while (bytes > 0)
        {
            if (start == end && !await FillAsync(1, ct))
            {
                throw CutShort();
            }

            var step = (int)Math.Min(bytes, end - start);
            start += step;
            bytes -= step;
        }
    }
}
