using Braid.TensorBoard.Events;
using Braid.TensorBoard.Wire;

namespace Braid.TensorBoard.Decoding;

/// <summary>Reads <c>HParamsPluginData</c>, which lies in the metadata of values that are empty.</summary>
internal static class HparamsDecoder
{
    /// <summary>Null when it says nothing.</summary>
    public static LoggedEvent? Decode(double wallTime, long step, string tag, ReadOnlySpan<byte> content)
    {
        LoggedEvent? decoded = null;
        var reader = new ProtoReader(content);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2:
                    decoded = HparamsExperimentDecoder.Decode(wallTime, step, tag, reader.ReadBytes());
                    break;
                case 3:
                    decoded = ReadStart(wallTime, step, tag, reader.ReadBytes());
                    break;
                case 4:
                    decoded = ReadEnd(wallTime, step, tag, reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return decoded;
    }

    /// <summary>Reads <c>google.protobuf.Value</c>.</summary>
    public static HparamValue ReadValue(ReadOnlySpan<byte> bytes)
    {
        HparamValue value = new HparamValue.None();
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2:
                    value = new HparamValue.Number(reader.ReadDouble());
                    break;
                case 3:
                    value = new HparamValue.Text(reader.ReadString());
                    break;
                case 4:
                    value = new HparamValue.Flag(reader.ReadBool());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return value;
    }

    private static LoggedHparams ReadStart(double wallTime, long step, string tag, ReadOnlySpan<byte> bytes)
    {
        var values = new SortedDictionary<string, HparamValue>(StringComparer.Ordinal);
        var (model, monitor, group, started) = ("", "", "", 0d);
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    var (name, value) = ReadEntry(reader.ReadBytes());
                    values[name] = value;
                    break;
                case 2:
                    model = reader.ReadString();
                    break;
                case 3:
                    monitor = reader.ReadString();
                    break;
                case 4:
                    group = reader.ReadString();
                    break;
                case 5:
                    started = reader.ReadDouble();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(
            wallTime,
            step,
            tag,
            [.. values.Select(entry => (entry.Key, entry.Value))],
            group,
            model,
            monitor,
            started
        );
    }

    private static (string Name, HparamValue Value) ReadEntry(ReadOnlySpan<byte> bytes)
    {
        var name = "";
        HparamValue value = new HparamValue.None();
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.ReadString();
                    break;
                case 2:
                    value = ReadValue(reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (name, value);
    }

    private static LoggedHparamsEnd ReadEnd(double wallTime, long step, string tag, ReadOnlySpan<byte> bytes)
    {
        var (status, ended) = (HparamsStatus.Unknown, 0d);
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    status = (HparamsStatus)reader.ReadInt32();
                    break;
                case 2:
                    ended = reader.ReadDouble();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(wallTime, step, tag, status, ended);
    }
}
