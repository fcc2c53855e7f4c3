using System.Buffers.Binary;
using Braid.Client.Formats;

namespace Braid.Client.Backends.WandbOffline;

/// <summary>
/// The framing of a <c>.wandb</c> file: seven bytes of header, then LevelDB's log format, whose blocks of 32 KiB begin with the header.
/// A piece is a checksum (CRC-32 of type and data), a length (two bytes), a type (1 full, 2 first, 3 middle, 4 last) and data.
/// </summary>
internal sealed class WandbLog : IDisposable
{
    private const int blockSize = 32_768;
    private const int pieceHeader = 7;
    private static readonly byte[] fileHeader = [.. ":W&B"u8, 0xE1, 0xBE, 0];

    private readonly FileStream file;

    /// <summary>Begins a file, or goes on with one.</summary>
    public WandbLog(string path)
    {
        file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        if (file.Position == 0)
        {
            file.Write(fileHeader);
        }
    }

    public bool IsNew => file.Position == fileHeader.Length;

    public void Append(ReadOnlySpan<byte> record)
    {
        var isFirst = true;
        do
        {
            var room = RoomInBlock();
            var piece = record[..Math.Min(room, record.Length)];
            record = record[piece.Length..];
            WritePiece(TypeOf(isFirst, isLast: record.IsEmpty), piece);
            isFirst = false;
        } while (!record.IsEmpty);
    }

    public void Flush() => file.Flush();

    public void Dispose() => file.Dispose();

    /// <summary>How much data the block takes; what is too short for a piece's header is filled with zeros.</summary>
    private int RoomInBlock()
    {
        var left = blockSize - (int)(file.Position % blockSize);
        if (left < pieceHeader)
        {
            file.Write(stackalloc byte[left]);
            left = blockSize;
        }

        return left - pieceHeader;
    }

    private void WritePiece(byte type, ReadOnlySpan<byte> data)
    {
        Span<byte> header = stackalloc byte[pieceHeader];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Crc32.Of(data, Crc32.Of([type])));
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], (ushort)data.Length);
        header[6] = type;
        file.Write(header);
        file.Write(data);
    }

    private static byte TypeOf(bool isFirst, bool isLast) =>
        (isFirst, isLast) switch
        {
            (true, true) => 1,
            (true, false) => 2,
            (false, false) => 3,
            (false, true) => 4,
        };
}
