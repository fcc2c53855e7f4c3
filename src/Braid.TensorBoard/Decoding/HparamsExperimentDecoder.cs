using Braid.TensorBoard.Events;
using Braid.TensorBoard.Wire;

namespace Braid.TensorBoard.Decoding;

/// <summary>Reads which hyperparameters and metrics there are.</summary>
internal static class HparamsExperimentDecoder
{
    public static LoggedHparamsExperiment Decode(double wallTime, long step, string tag, ReadOnlySpan<byte> bytes)
    {
        var (name, description, user, created) = ("", "", "", 0d);
        var hparams = new List<HparamDomain>();
        var metrics = new List<HparamMetric>();
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    description = reader.ReadString();
                    break;
                case 2:
                    user = reader.ReadString();
                    break;
                case 3:
                    created = reader.ReadDouble();
                    break;
                case 4:
                    hparams.Add(ReadHparam(reader.ReadBytes()));
                    break;
                case 5:
                    metrics.Add(ReadMetric(reader.ReadBytes()));
                    break;
                case 6:
                    name = reader.ReadString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(wallTime, step, tag, name, description, user, created, hparams, metrics);
    }

    private static HparamDomain ReadHparam(ReadOnlySpan<byte> bytes)
    {
        var (name, displayName, description, type) = ("", "", "", 0);
        var choices = new List<HparamValue>();
        (double, double)? interval = null;
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.ReadString();
                    break;
                case 2:
                    displayName = reader.ReadString();
                    break;
                case 3:
                    description = reader.ReadString();
                    break;
                case 4:
                    type = reader.ReadInt32();
                    break;
                case 5:
                    ReadChoices(reader.ReadBytes(), choices);
                    break;
                case 6:
                    interval = ReadInterval(reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(name, displayName, description, type, choices) { Interval = interval };
    }

    private static void ReadChoices(ReadOnlySpan<byte> bytes, List<HparamValue> choices)
    {
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                choices.Add(HparamsDecoder.ReadValue(reader.ReadBytes()));
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static (double Min, double Max) ReadInterval(ReadOnlySpan<byte> bytes)
    {
        var interval = (Min: 0d, Max: 0d);
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    interval.Min = reader.ReadDouble();
                    break;
                case 2:
                    interval.Max = reader.ReadDouble();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return interval;
    }

    private static HparamMetric ReadMetric(ReadOnlySpan<byte> bytes)
    {
        var (group, tag, displayName, description, datasetType) = ("", "", "", "", 0);
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    (group, tag) = ReadMetricName(reader.ReadBytes());
                    break;
                case 3:
                    displayName = reader.ReadString();
                    break;
                case 4:
                    description = reader.ReadString();
                    break;
                case 5:
                    datasetType = reader.ReadInt32();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(group, tag, displayName, description, datasetType);
    }

    private static (string Group, string Tag) ReadMetricName(ReadOnlySpan<byte> bytes)
    {
        var (group, tag) = ("", "");
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    group = reader.ReadString();
                    break;
                case 2:
                    tag = reader.ReadString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (group, tag);
    }
}
