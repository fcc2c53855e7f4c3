using Braid.Primitives;
using Braid.Storage;

namespace Braid.Pipelines.Planning;

/// <summary>
/// What a datum reads, as a database column: a version byte; then per match the leaf (7-bit encoded), the path, a byte that
/// says whether it is a directory, the hash (32 bytes) and the size (7-bit encoded).
/// </summary>
internal static class DatumInputsFormat
{
    private const byte version = 1;

    public static byte[] Encode(IReadOnlyList<LeafMatch> inputs)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(version);
        writer.Write7BitEncodedInt(inputs.Count);
        foreach (var match in inputs)
        {
            writer.Write7BitEncodedInt(match.Leaf);
            writer.Write(match.Path);
            writer.Write(match.IsDirectory);
            writer.Write(match.Hash.Bytes);
            writer.Write7BitEncodedInt64(match.Size);
        }

        return bytes.ToArray();
    }

    /// <exception cref="CorruptionException">It is something else.</exception>
    public static IReadOnlyList<LeafMatch> Decode(byte[] column)
    {
        using var reader = new BinaryReader(new MemoryStream(column));
        if (reader.ReadByte() != version)
        {
            throw new CorruptionException("a datum's inputs are of an unknown format");
        }

        var inputs = new LeafMatch[reader.Read7BitEncodedInt()];
        for (var at = 0; at < inputs.Length; at++)
        {
            inputs[at] = new(
                reader.Read7BitEncodedInt(),
                reader.ReadString(),
                reader.ReadBoolean(),
                new Sha256Hash(reader.ReadBytes(Sha256Hash.Size)),
                reader.Read7BitEncodedInt64()
            );
        }

        return inputs;
    }
}
