using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Braid.Gateway.S3.Signing;

/// <summary>A digest over a stream, of the kinds that clients send along.</summary>
internal abstract class Digest : IDisposable
{
    public abstract void Append(ReadOnlySpan<byte> bytes);

    public abstract byte[] End();

    public virtual void Dispose() { }

    public static Digest Of(HashAlgorithmName algorithm) => new Cryptographic(IncrementalHash.CreateHash(algorithm));

    /// <summary>The digest behind <c>x-amz-checksum-</c>; null for one that is not known, which is then not checked.</summary>
    public static Digest? Named(string name) =>
        name switch
        {
            "sha256" => Of(HashAlgorithmName.SHA256),
            "sha1" => Of(HashAlgorithmName.SHA1),
            "crc32" => new Crc32(),
            "crc32c" => new Crc32C(),
            _ => null,
        };

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private sealed class Cryptographic(IncrementalHash hash) : Digest
    {
        public override void Append(ReadOnlySpan<byte> bytes) => hash.AppendData(bytes);

        public override byte[] End() => hash.GetHashAndReset();

        public override void Dispose() => hash.Dispose();
    }

    /// <summary>Castagnoli's polynomial, which the processor knows.</summary>
    private sealed class Crc32C : Digest
    {
        private uint crc = uint.MaxValue;

        public override void Append(ReadOnlySpan<byte> bytes)
        {
            while (bytes.Length >= sizeof(ulong))
            {
                crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
                bytes = bytes[sizeof(ulong)..];
            }

            foreach (var one in bytes)
            {
                crc = BitOperations.Crc32C(crc, one);
            }
        }

        public override byte[] End() => BigEndian(~crc);
    }

    /// <summary>The polynomial of zip and Ethernet, eight bytes a step by eight tables.</summary>
    private sealed class Crc32 : Digest
    {
        private const uint polynomial = 0xEDB88320;
        private static readonly uint[][] tables = MakeTables();

        private uint crc = uint.MaxValue;

        public override void Append(ReadOnlySpan<byte> bytes)
        {
            while (bytes.Length >= sizeof(ulong))
            {
                var word = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ crc;
                crc = 0;
                for (var at = 0; at < sizeof(ulong); at++)
                {
                    crc ^= tables[7 - at][(byte)(word >> (8 * at))];
                }

                bytes = bytes[sizeof(ulong)..];
            }

            foreach (var one in bytes)
            {
                crc = tables[0][(byte)(crc ^ one)] ^ (crc >> 8);
            }
        }

        public override byte[] End() => BigEndian(~crc);

        private static uint[][] MakeTables()
        {
            var made = new uint[8][];
            for (var table = 0; table < made.Length; table++)
            {
                made[table] = new uint[256];
                for (var value = 0u; value < 256; value++)
                {
                    made[table][value] = table == 0 ? Remainder(value) : Next(made, table, value);
                }
            }

            return made;
        }

        private static uint Next(uint[][] made, int table, uint value)
        {
            var before = made[table - 1][value];
            return made[0][(byte)before] ^ (before >> 8);
        }

        private static uint Remainder(uint value)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ polynomial;
            }

            return value;
        }
    }
}
