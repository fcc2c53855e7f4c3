using System.Buffers.Binary;
using Braid.Client.Records;
using Braid.Storage.Packs;
using Microsoft.Win32.SafeHandles;

namespace Braid.Client.Spooling;

/// <summary>Reads a spool from one place on, in order, as far as it is written.</summary>
internal sealed class SpoolReader : IDisposable
{
    private readonly Spool spool;
    private readonly NameCache names = new();
    private SpoolPosition position;
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int filled;
    private SafeFileHandle? segment;

    public SpoolReader(Spool spool, SpoolPosition from)
    {
        (this.spool, position) = (spool, from);
        spool.Needs(this, from.Segment);
    }

    /// <summary>Behind the last record that was read.</summary>
    public SpoolPosition Position => position;

    /// <summary>Adds what is there, within limits; nothing when all that is written was read.</summary>
    public void Read(List<LogRecord> records, int most, int mostBytes)
    {
        for (long bytes = 0; records.Count < most && bytes < mostBytes; )
        {
            var length = BodyLength();
            if (length < 0)
            {
                if (!NextSegment())
                {
                    return;
                }

                continue;
            }

            var body = buffer.AsSpan(start + RecordWriter.HeaderSize, length);
            records.Add(new RecordReader(body, names).Read());
            start += RecordWriter.HeaderSize + length;
            bytes += length;
            position = new(position.Segment, position.Offset + RecordWriter.HeaderSize + length, position.Records + 1);
        }
    }

    /// <summary>What was read so far is not needed any more.</summary>
    public void Release() => spool.Needs(this, position.Segment);

    /// <summary>What was not released stays on the disk.</summary>
    public void Dispose() => segment?.Dispose();

    /// <summary>The length of the next record's body, which is then in the buffer; -1 when there is no whole one.</summary>
    private int BodyLength()
    {
        if (!Fill(RecordWriter.HeaderSize))
        {
            return -1;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(start));
        if (length <= 0 || !Fill(RecordWriter.HeaderSize + length))
        {
            return -1;
        }

        return IsWhole(length) ? length : -1;
    }

    /// <summary>A machine that stopped may have left half of a write: what is behind it never was.</summary>
    private bool IsWhole(int length)
    {
        var expected = BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(start + 4));
        var isWhole = expected == Crc32C.Of(buffer.AsSpan(start + RecordWriter.HeaderSize, length));
        return isWhole || spool.IsClosed
            ? isWhole
            : throw new InvalidDataException($"{spool.PathOf(position.Segment)} is damaged at byte {position.Offset}");
    }

    /// <summary>Has so many bytes in the buffer; false when so many are not written.</summary>
    private bool Fill(int needed)
    {
        if (filled - start >= needed)
        {
            return true;
        }

        var end = spool.End;
        var limit = position.Segment < end.Segment ? long.MaxValue : end.Offset;
        if (limit - position.Offset < needed)
        {
            return false;
        }

        MakeRoom(needed);
        return Load(needed, limit);
    }

    private void MakeRoom(int needed)
    {
        buffer.AsSpan(start, filled - start).CopyTo(buffer);
        (start, filled) = (0, filled - start);
        if (buffer.Length < needed)
        {
            Array.Resize(ref buffer, needed);
        }
    }

    private bool Load(int needed, long limit)
    {
        segment ??= File.OpenHandle(spool.PathOf(position.Segment), share: FileShare.ReadWrite | FileShare.Delete);
        while (filled < needed)
        {
            var from = position.Offset + filled;
            var room = (int)Math.Min(buffer.Length - filled, limit - from);
            var read = RandomAccess.Read(segment, buffer.AsSpan(filled, room), from);
            if (read == 0)
            {
                return false;
            }

            filled += read;
        }

        return true;
    }

    private bool NextSegment()
    {
        if (position.Segment >= spool.End.Segment)
        {
            return false;
        }

        segment?.Dispose();
        segment = null;
        (start, filled) = (0, 0);
        position = new(position.Segment + 1, 0, position.Records);
        return true;
    }
}
