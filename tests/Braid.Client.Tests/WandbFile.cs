using System.Buffers.Binary;
using System.Text;

namespace Braid.Client.Tests;

/// <summary>A record of a <c>.wandb</c> file: its number, which field of the oneof it has, and that field's bytes.</summary>
internal sealed record WandbRecord(long Number, int Kind, byte[] Body);

/// <summary>Reads <c>.wandb</c> files strictly: header, blocks of 32 KiB, checksums, order of pieces, protobuf.</summary>
internal static class WandbFile
{
    private const int blockSize = 32_768;

    public static IEnumerable<WandbRecord> Read(byte[] file)
    {
        Assert.Equal([.. ":W&B"u8, 0xE1, 0xBE, 0], file[..7]);
        MemoryStream? record = null;
        var at = 7;
        while (at < file.Length)
        {
            var left = blockSize - (at % blockSize);
            if (left < 7)
            {
                Assert.All(file[at..(at + left)], each => Assert.Equal(0, each));
                at += left;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at + 4));
            var type = file[at + 6];
            Assert.True(length + 7 <= left, "a piece crosses its block");
            Assert.Equal(
                Checksum(file.AsSpan(at + 6, length + 1)),
                BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at))
            );
            // A first piece may be empty, where just its header had room.
            Assert.Equal(record is null, type is 1 or 2);
            record ??= new();
            record.Write(file, at + 7, length);
            at += 7 + length;
            if (type is 1 or 4)
            {
                yield return Parse(record.ToArray());
                record = null;
            }
        }

        Assert.Null(record);
    }

    /// <summary>The <c>key</c> and <c>value_json</c> of a history's items.</summary>
    public static Dictionary<string, string> Items(byte[] history) =>
        Fields(history)
            .Where(field => field.Number == 1)
            .Select(item =>
                Fields(item.Bytes).ToDictionary(field => field.Number, field => Encoding.UTF8.GetString(field.Bytes))
            )
            .ToDictionary(item => item[1], item => item[16]);

    private static WandbRecord Parse(byte[] record)
    {
        var fields = Fields(record).ToList();
        var body = fields.Single(field => field.Number != 1);
        return new(fields.Single(field => field.Number == 1).Value, body.Number, body.Bytes);
    }

    private static IEnumerable<(int Number, long Value, byte[] Bytes)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length; )
        {
            var tag = Varint(message, ref at);
            var value = Varint(message, ref at);
            var isBytes = (tag & 7) == 2;
            var bytes = isBytes ? message[at..(at + (int)value)] : [];
            at += bytes.Length;
            yield return ((int)(tag >> 3), value, bytes);
        }
    }

    private static long Varint(byte[] message, ref int at)
    {
        var (value, shift) = (0L, 0);
        do
        {
            value |= (long)(message[at] & 0x7F) << shift;
            shift += 7;
        } while ((message[at++] & 0x80) != 0);

        return value;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var each in bytes)
        {
            crc ^= each;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
