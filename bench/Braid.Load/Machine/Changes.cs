using Braid.Protos.Pfs;
using Google.Protobuf;

namespace Braid.Load.Machine;

/// <summary>The messages that write files.</summary>
internal static class Changes
{
    /// <summary>The length of pieces that Pachyderm's Go clients send.</summary>
    private const int pieceLength = 2 * 1024 * 1024;

    public static ModifyFileRequest Delete(string path) => new() { DeleteFile = new() { Path = path } };

    public static ModifyFileRequest Append(string path, ReadOnlyMemory<byte> bytes) =>
        new()
        {
            AddFile = new() { Path = path, Raw = UnsafeByteOperations.UnsafeWrap(bytes) },
        };

    /// <summary>A file of the disk in place of what is at the path, read while it is sent.</summary>
    public static async IAsyncEnumerable<ModifyFileRequest> PutAsync(string path, string file)
    {
        yield return Delete(path);
        await using var from = System.IO.File.OpenRead(file);
        var piece = new byte[pieceLength];
        while (await from.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false) is var got and > 0)
        {
            // The message is written out before the next one is asked for, so the buffer is free again then.
            yield return Append(path, piece.AsMemory(0, got));
        }
    }

    /// <summary>Bytes in place of what is at the path; few enough for one message.</summary>
    public static async IAsyncEnumerable<ModifyFileRequest> PutBytesAsync(string path, byte[] bytes)
    {
        await Task.CompletedTask;
        yield return Delete(path);
        yield return Append(path, bytes);
    }

    /// <summary>Every file of a folder; each small enough for one message.</summary>
    public static async IAsyncEnumerable<ModifyFileRequest> PutAllAsync(string folder)
    {
        await Task.CompletedTask;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var path = file[folder.Length..];
            yield return Delete(path);
            yield return Append(path, System.IO.File.ReadAllBytes(file));
        }
    }
}
