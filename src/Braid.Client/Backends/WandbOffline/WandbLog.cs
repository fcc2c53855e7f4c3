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

    /// <summary>Begins a file, or goes on with one behind its last whole record.</summary>
    public WandbLog(string path)
    {
        file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        file.SetLength(WholeLength());
        file.Position = file.Length;
        if (file.Position == 0)
        {
            file.Write(fileHeader);
        }
    }

    /// <summary>How many records the file had when it was opened.</summary>
    public long Before { get; private set; }

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

    /// <summary>Where the last whole record ends: a program that was killed may have left half of one behind it.</summary>
    private long WholeLength()
    {
        var data = new byte[blockSize];
        long whole = file.Length < fileHeader.Length ? 0 : fileHeader.Length;
        file.Position = whole;
        while (whole > 0 && TryReadPiece(data, out var type))
        {
            if (type is 1 or 4)
            {
                whole = file.Position;
                Before++;
            }
        }

        return whole;
    }

    private bool TryReadPiece(byte[] data, out byte type)
    {
        type = 0;
        var left = blockSize - (int)(file.Position % blockSize);
        if (left < pieceHeader)
        {
            file.Position += left;
            left = blockSize;
        }

        Span<byte> header = stackalloc byte[pieceHeader];
        if (file.ReadAtLeast(header, pieceHeader, throwOnEndOfStream: false) < pieceHeader)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16LittleEndian(header[4..]);
        type = header[6];
        if (length > left - pieceHeader)
        {
            return false;
        }

        var piece = data.AsSpan(0, length);
        return file.ReadAtLeast(piece, length, throwOnEndOfStream: false) == length
            && BinaryPrimitives.ReadUInt32LittleEndian(header) == Crc32.Of(piece, Crc32.Of([type]));
    }

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
