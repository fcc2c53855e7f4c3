using Braid.Primitives;
using Braid.Storage;

namespace Braid.Pipelines.Planning;

/// <summary>What a datum reads, as bytes: docs/formats/datum.md. Version 1, which has no values to join and group by, is read too.</summary>
internal static class DatumInputsFormat
{
    private const byte version = 2;

    [Flags]
    private enum Has : byte
    {
        Nothing = 0,
        Directory = 1,
        JoinOn = 2,
        GroupBy = 4,
    }

    public static byte[] Encode(IReadOnlyList<LeafMatch> inputs)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        Write(writer, inputs);
        return bytes.ToArray();
    }

    public static void Write(BinaryWriter writer, IReadOnlyList<LeafMatch> inputs)
    {
        writer.Write(version);
        writer.Write7BitEncodedInt(inputs.Count);
        foreach (var match in inputs)
        {
            var has = HasOf(match);
            writer.Write7BitEncodedInt(match.Leaf);
            writer.Write(match.Path);
            writer.Write((byte)has);
            writer.Write(match.Hash.Bytes);
            writer.Write7BitEncodedInt64(match.Size);
            WriteIf(writer, has, Has.JoinOn, match.JoinOn);
            WriteIf(writer, has, Has.GroupBy, match.GroupBy);
        }
    }

    /// <exception cref="CorruptionException">It is something else.</exception>
    public static IReadOnlyList<LeafMatch> Decode(byte[] column)
    {
        using var reader = new BinaryReader(new MemoryStream(column));
        return Read(reader);
    }

    /// <exception cref="CorruptionException">It is something else.</exception>
    public static IReadOnlyList<LeafMatch> Read(BinaryReader reader)
    {
        if (reader.ReadByte() is not (1 or version))
        {
            throw new CorruptionException("a datum's inputs are of an unknown format");
        }

        var inputs = new LeafMatch[reader.Read7BitEncodedInt()];
        for (var at = 0; at < inputs.Length; at++)
        {
            inputs[at] = ReadMatch(reader);
        }

        return inputs;
    }

    private static LeafMatch ReadMatch(BinaryReader reader)
    {
        var leaf = reader.Read7BitEncodedInt();
        var path = reader.ReadString();
        var has = (Has)reader.ReadByte();
        return new(
            leaf,
            path,
            has.HasFlag(Has.Directory),
            new Sha256Hash(reader.ReadBytes(Sha256Hash.Size)),
            reader.Read7BitEncodedInt64(),
            has.HasFlag(Has.JoinOn) ? reader.ReadString() : "",
            has.HasFlag(Has.GroupBy) ? reader.ReadString() : ""
        );
    }

    private static Has HasOf(in LeafMatch match) =>
        (match.IsDirectory ? Has.Directory : Has.Nothing)
        | (match.JoinOn.Length > 0 ? Has.JoinOn : Has.Nothing)
        | (match.GroupBy.Length > 0 ? Has.GroupBy : Has.Nothing);

    private static void WriteIf(BinaryWriter writer, Has has, Has what, string text)
    {
        if (has.HasFlag(what))
        {
            writer.Write(text);
        }
    }
}
