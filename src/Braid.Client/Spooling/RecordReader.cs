using System.Buffers.Binary;
using System.Text;
using Braid.Client.Records;

namespace Braid.Client.Spooling;

/// <summary>Reads the body of a record that <see cref="RecordWriter"/> wrote and whose checksum holds.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> body, NameCache names)
{
    private ReadOnlySpan<byte> rest = body;

    public LogRecord Read()
    {
        var kind = (RecordKind)Byte();
        var (step, milliseconds, name) = (Long(), Long(), names.Of(Bytes()));
        return kind == RecordKind.Metric
            ? new(kind, name, BitConverter.Int64BitsToDouble(Long()), step, milliseconds)
            : new(kind, name, 0, step, milliseconds, Payload(kind));
    }

    private object? Payload(RecordKind kind) =>
        kind switch
        {
            RecordKind.Parameter => new ParameterValue(Text(), Text(), Text()),
            RecordKind.Tag or RecordKind.Note or RecordKind.Console => Text(),
            RecordKind.Label => null,
            RecordKind.Artifact => new ArtifactFile(
                (ArtifactKind)Byte(),
                Text(),
                Text(),
                Byte() == 0 ? (ReadOnlyMemory<byte>?)null : Bytes().ToArray().AsMemory()
            ),
            RecordKind.Model => new ModelFile(Text(), (ArtifactKind)Byte(), Text(), Text(), Tags()),
            RecordKind.End => new RunEnd((RunOutcome)Byte(), Text(), Long()),
            _ => new Media(Text(), Bytes().ToArray()),
        };

    private Dictionary<string, string> Tags()
    {
        var tags = new Dictionary<string, string>();
        for (var left = Int(); left > 0; left--)
        {
            var name = Text();
            tags[name] = Text();
        }

        return tags;
    }

    private byte Byte() => Take(1)[0];

    private int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    private long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    private string Text() => Encoding.UTF8.GetString(Bytes());

    private ReadOnlySpan<byte> Bytes() => Take(Int());

    private ReadOnlySpan<byte> Take(int length)
    {
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
