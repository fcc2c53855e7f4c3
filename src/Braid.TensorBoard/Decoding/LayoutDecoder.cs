using Braid.TensorBoard.Events;
using Braid.TensorBoard.Wire;

namespace Braid.TensorBoard.Decoding;

/// <summary>Reads the layout of custom scalars.</summary>
internal static class LayoutDecoder
{
    public static LoggedLayout Decode(double wallTime, long step, string tag, ReadOnlySpan<byte> bytes)
    {
        var categories = new List<ChartCategory>();
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 2)
            {
                categories.Add(ReadCategory(reader.ReadBytes()));
            }
            else
            {
                reader.Skip();
            }
        }

        return new(wallTime, step, tag, categories);
    }

    private static ChartCategory ReadCategory(ReadOnlySpan<byte> bytes)
    {
        var (title, isClosed) = ("", false);
        var charts = new List<Chart>();
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    title = reader.ReadString();
                    break;
                case 2:
                    charts.Add(ReadChart(reader.ReadBytes()));
                    break;
                case 3:
                    isClosed = reader.ReadBool();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(title, isClosed, charts);
    }

    private static Chart ReadChart(ReadOnlySpan<byte> bytes)
    {
        var title = "";
        var tags = new List<string>();
        var bands = new List<ChartBand>();
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    title = reader.ReadString();
                    break;
                case 2:
                    ReadLines(reader.ReadBytes(), tags);
                    break;
                case 3:
                    ReadBands(reader.ReadBytes(), bands);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(title, tags, bands);
    }

    private static void ReadLines(ReadOnlySpan<byte> bytes, List<string> tags)
    {
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                tags.Add(reader.ReadString());
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadBands(ReadOnlySpan<byte> bytes, List<ChartBand> bands)
    {
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                bands.Add(ReadBand(reader.ReadBytes()));
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static ChartBand ReadBand(ReadOnlySpan<byte> bytes)
    {
        var (value, lower, upper) = ("", "", "");
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    value = reader.ReadString();
                    break;
                case 2:
                    lower = reader.ReadString();
                    break;
                case 3:
                    upper = reader.ReadString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(value, lower, upper);
    }
}
