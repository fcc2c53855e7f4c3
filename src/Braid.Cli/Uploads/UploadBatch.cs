using System.Buffers;
using Braid.Cli.Transfers;
using Braid.Protos.Pfs;
using Google.Protobuf;
using File = System.IO.File;

namespace Braid.Cli.Uploads;

/// <summary>Small files, or a piece of a large one, read into one buffer as the messages that send them.</summary>
internal sealed class UploadBatch : IDisposable
{
    /// <summary>Bytes of a batch; no message is larger.</summary>
    public const int Length = 2 * 1024 * 1024;

    private readonly byte[] buffer;

    private UploadBatch(IReadOnlyList<FilePart> parts, bool append)
    {
        buffer = ArrayPool<byte>.Shared.Rent((int)parts.Sum(part => part.Length));
        var at = 0;
        foreach (var part in parts)
        {
            if (part.Offset == 0 && !append)
            {
                Requests.Add(Message.Delete(part.Path));
            }

            var length = Read(part, buffer.AsSpan(at, (int)part.Length));
            Requests.Add(Message.Add(part.Path, buffer.AsMemory(at, length)));
            at += length;
        }

        (Files, Bytes) = (parts.Count(part => part.Offset == 0), at);
    }

    /// <summary>They refer to the buffer: valid until the batch is disposed.</summary>
    public List<ModifyFileRequest> Requests { get; } = [];

    /// <summary>How many files begin in it.</summary>
    public int Files { get; }

    public long Bytes { get; }

    /// <summary>Reads all parts, which together fit into a batch.</summary>
    public static UploadBatch Read(IReadOnlyList<FilePart> parts, bool append) => new(parts, append);

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    /// <summary>A file that shrank since it was found gives what is there.</summary>
    private static int Read(FilePart part, Span<byte> into)
    {
        if (part.Offset == 0)
        {
            return RawFile.Read(part.From, into);
        }

        using var file = File.OpenHandle(
            part.From,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete
        );
        var length = 0;
        while (length < into.Length && RandomAccess.Read(file, into[length..], part.Offset + length) is var got and > 0)
        {
            length += got;
        }

        return length;
    }
}

/// <summary>Messages of the call that writes files.</summary>
internal static class Message
{
    public static ModifyFileRequest Add(string path, ReadOnlyMemory<byte> bytes) =>
        new()
        {
            AddFile = new() { Path = path, Raw = UnsafeByteOperations.UnsafeWrap(bytes) },
        };

    public static ModifyFileRequest Delete(string path) => new() { DeleteFile = new() { Path = path } };
}
