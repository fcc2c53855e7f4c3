using System.Buffers.Binary;
using System.Text;
using Braid.Data.Content;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Data.EditLogs;

/// <summary>One edit as bytes (docs/formats/edit-log.md): a header of fixed length, the path, the datum tag.</summary>
internal static class EditRecord
{
    private const int headerLength = 56;
    private const int hashAt = 8;
    private const int sizeAt = 40;
    private const int filesAt = 48;

    private enum Kind : byte
    {
        Append = 1,
        Put = 2,
        DeleteFile = 3,
        DeleteTree = 4,
        GraftFile = 5,
        GraftDirectory = 6,
        Overlay = 7,
    }

    public static int LengthOf(FileEdit edit) =>
        headerLength + Encoding.UTF8.GetByteCount(edit.Path) + Encoding.UTF8.GetByteCount(edit.Datum);

    /// <summary>Writes the edit to the start of <paramref name="to"/>, which is <see cref="LengthOf"/> bytes long.</summary>
    public static void Write(Span<byte> to, FileEdit edit)
    {
        to[..headerLength].Clear();
        var path = Encoding.UTF8.GetBytes(edit.Path, to[headerLength..]);
        var datum = Encoding.UTF8.GetBytes(edit.Datum, to[(headerLength + path)..]);
        BinaryPrimitives.WriteUInt16LittleEndian(to[2..], (ushort)path);
        BinaryPrimitives.WriteUInt16LittleEndian(to[4..], (ushort)datum);
        switch (edit)
        {
            case FileEdit.Append append:
                WriteContent(to, Kind.Append, append.Content);
                break;
            case FileEdit.Put put:
                WriteContent(to, Kind.Put, put.Content);
                break;
            case FileEdit.DeleteFile:
                to[0] = (byte)Kind.DeleteFile;
                break;
            case FileEdit.DeleteTree:
                to[0] = (byte)Kind.DeleteTree;
                break;
            case FileEdit.Graft { Source.Content: { } content }:
                WriteContent(to, Kind.GraftFile, content);
                break;
            case FileEdit.Graft graft:
                to[0] = (byte)Kind.GraftDirectory;
                WriteReference(to, graft.Source.ContentHash, graft.Source.Size, graft.Source.Files);
                break;
            case FileEdit.Overlay overlay:
                to[0] = (byte)Kind.Overlay;
                WriteReference(to, overlay.Source.ContentHash, overlay.Source.Size, overlay.Source.Files);
                break;
            default:
                throw new InvalidOperationException($"no record for {edit}");
        }
    }

    /// <summary>Reads the record at the start of the bytes and returns its length; 0 when it is not all there.</summary>
    /// <exception cref="CorruptionException">The bytes are no record.</exception>
    public static int TryRead(ReadOnlySpan<byte> from, out FileEdit? edit)
    {
        edit = null;
        if (from.Length < headerLength)
        {
            return 0;
        }

        var pathLength = BinaryPrimitives.ReadUInt16LittleEndian(from[2..]);
        var length = headerLength + pathLength + BinaryPrimitives.ReadUInt16LittleEndian(from[4..]);
        if (from.Length < length)
        {
            return 0;
        }

        var path = Encoding.UTF8.GetString(from.Slice(headerLength, pathLength));
        var datum = Encoding.UTF8.GetString(from[(headerLength + pathLength)..length]);
        edit = Read(from, path);
        edit = datum.Length == 0 ? edit : edit with { Datum = datum };
        return length;
    }

    private static FileEdit Read(ReadOnlySpan<byte> from, string path) =>
        (Kind)from[0] switch
        {
            Kind.Append => new FileEdit.Append(path, ReadContent(from)),
            Kind.Put => new FileEdit.Put(path, ReadContent(from)),
            Kind.DeleteFile => new FileEdit.DeleteFile(path),
            Kind.DeleteTree => new FileEdit.DeleteTree(path),
            Kind.GraftFile => new FileEdit.Graft(path, ReadFile(from, path)),
            Kind.GraftDirectory => new FileEdit.Graft(path, ReadDirectory(from, path)),
            Kind.Overlay => new FileEdit.Overlay(ReadDirectory(from, path)),
            _ => throw new CorruptionException($"an edit of kind {from[0]} is unknown"),
        };

    private static void WriteContent(Span<byte> to, Kind kind, FileContent content)
    {
        to[0] = (byte)kind;
        to[1] = (byte)content.Depth;
        WriteReference(to, content.Hash, content.Size, 1);
    }

    private static void WriteReference(Span<byte> to, Sha256Hash hash, long size, long files)
    {
        hash.Bytes.CopyTo(to[hashAt..]);
        BinaryPrimitives.WriteInt64LittleEndian(to[sizeAt..], size);
        BinaryPrimitives.WriteInt64LittleEndian(to[filesAt..], files);
    }

    private static FileContent ReadContent(ReadOnlySpan<byte> from) => new(ReadHash(from), ReadSize(from), from[1]);

    private static TreeEntry ReadFile(ReadOnlySpan<byte> from, string path) =>
        new(path, EntryKind.File, ReadSize(from), 1, ReadHash(from), ReadContent(from));

    private static TreeEntry ReadDirectory(ReadOnlySpan<byte> from, string path) =>
        new(
            path,
            EntryKind.Directory,
            ReadSize(from),
            BinaryPrimitives.ReadInt64LittleEndian(from[filesAt..]),
            ReadHash(from),
            null
        );

    private static Sha256Hash ReadHash(ReadOnlySpan<byte> from) => new(from.Slice(hashAt, Sha256Hash.Size));

    private static long ReadSize(ReadOnlySpan<byte> from) => BinaryPrimitives.ReadInt64LittleEndian(from[sizeAt..]);
}
