using Braid.Pipelines.Jobs;
using Braid.Pipelines.Planning;
using Braid.Primitives;
using Braid.Storage;

namespace Braid.Pipelines.Datums.Trees;

/// <summary>A <see cref="DatumRecord"/> as the bytes of a file; docs/formats/datum.md.</summary>
internal static class DatumRecordFormat
{
    private const byte version = 1;

    /// <summary>The id is the file's name.</summary>
    public static byte[] Encode(DatumRecord record)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(version);
        writer.Write((byte)record.State);
        writer.Write(record.Key.Bytes);
        writer.Write(Convert.FromHexString($"{record.From}"));
        writer.Write(record.Reason);
        writer.Write7BitEncodedInt64(record.Tries);
        Write(writer, record.Stats);
        DatumInputsFormat.Write(writer, record.Inputs);
        return bytes.ToArray();
    }

    /// <exception cref="CorruptionException">It is something else.</exception>
    public static DatumRecord Decode(Sha256Hash id, byte[] file)
    {
        using var reader = new BinaryReader(new MemoryStream(file));
        try
        {
            return reader.ReadByte() == version
                ? Read(id, reader)
                : throw new CorruptionException($"the record of datum {id} is of an unknown format");
        }
        catch (Exception error) when (error is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new CorruptionException($"the record of datum {id} is damaged", error);
        }
    }

    private static DatumRecord Read(Sha256Hash id, BinaryReader reader) =>
        new()
        {
            Id = id,
            State = (DatumState)reader.ReadByte(),
            Key = new(reader.ReadBytes(Sha256Hash.Size)),
            From = CommitSetId.Parse(Convert.ToHexStringLower(reader.ReadBytes(16))),
            Reason = reader.ReadString(),
            Tries = reader.Read7BitEncodedInt64(),
            Stats = ReadStats(reader),
            Inputs = DatumInputsFormat.Read(reader),
        };

    // Of one length whatever they are, so that the size of a tree does not depend on how long programs took.
    private static void Write(BinaryWriter writer, ProcessStats stats)
    {
        foreach (var time in (TimeSpan[])[stats.DownloadTime, stats.ProcessTime, stats.UploadTime])
        {
            writer.Write(time.Ticks / TimeSpan.TicksPerMicrosecond);
        }

        writer.Write(stats.DownloadBytes);
        writer.Write(stats.UploadBytes);
    }

    private static ProcessStats ReadStats(BinaryReader reader) =>
        new()
        {
            DownloadTime = TimeSpan.FromMicroseconds(reader.ReadInt64()),
            ProcessTime = TimeSpan.FromMicroseconds(reader.ReadInt64()),
            UploadTime = TimeSpan.FromMicroseconds(reader.ReadInt64()),
            DownloadBytes = reader.ReadInt64(),
            UploadBytes = reader.ReadInt64(),
        };
}
