using Braid.TensorBoard.Events;
using Braid.TensorBoard.Hot;
using Braid.TensorBoard.Reading;
using Braid.TensorBoard.Wire;

namespace Braid.TensorBoard.Decoding;

/// <summary>Reads any event into a batch; <see cref="ScalarEvent"/> has taken the simple ones before.</summary>
internal static class EventDecoder
{
    /// <summary>False, and nothing is added, when it is no event, or one of no time.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> payload, TagTable tags, EventBatch to)
    {
        var mark = to.Mark();
        try
        {
            Decode(payload, tags, to);
            return true;
        }
        catch (InvalidDataException)
        {
            to.Return(mark);
            return false;
        }
    }

    private static void Decode(ReadOnlySpan<byte> payload, TagTable tags, EventBatch to)
    {
        var (wallTime, step, writer) = ReadHead(payload);
        if (!WallTime.IsValid(wallTime))
        {
            throw new InvalidDataException("an event of no time");
        }

        var reader = new ProtoReader(payload);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 3:
                    to.Add(new LoggedFileVersion(wallTime, step, reader.ReadString(), writer));
                    break;
                case 4:
                    to.Add(new LoggedGraph(wallTime, step, GraphKind.Graph, "", reader.ReadBytes().ToArray()));
                    break;
                case 5:
                    new SummaryDecoder(wallTime, step, tags, to).Decode(reader.ReadBytes());
                    break;
                case 6:
                    to.Add(ReadMessage(wallTime, step, reader.ReadBytes()));
                    break;
                case 7:
                    to.Add(ReadSession(wallTime, step, reader.ReadBytes()));
                    break;
                case 8:
                    to.Add(ReadRunMetadata(wallTime, step, reader.ReadBytes()));
                    break;
                case 9:
                    to.Add(new LoggedGraph(wallTime, step, GraphKind.MetaGraph, "", reader.ReadBytes().ToArray()));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    /// <summary>What belongs to the event as a whole may stand behind what it holds.</summary>
    private static (double WallTime, long Step, string Writer) ReadHead(ReadOnlySpan<byte> payload)
    {
        var head = (WallTime: 0d, Step: 0L, Writer: "");
        var reader = new ProtoReader(payload);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    head.WallTime = reader.ReadDouble();
                    break;
                case 2:
                    head.Step = reader.ReadInt64();
                    break;
                case 10:
                    head.Writer = ReadWriter(reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return head;
    }

    private static string ReadWriter(ReadOnlySpan<byte> bytes)
    {
        var writer = "";
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                writer = reader.ReadString();
            }
            else
            {
                reader.Skip();
            }
        }

        return writer;
    }

    private static LoggedMessage ReadMessage(double wallTime, long step, ReadOnlySpan<byte> bytes)
    {
        var (level, message) = (0, "");
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    level = reader.ReadInt32();
                    break;
                case 2:
                    message = reader.ReadString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(wallTime, step, level, message);
    }

    private static LoggedSession ReadSession(double wallTime, long step, ReadOnlySpan<byte> bytes)
    {
        var (status, path, message) = (SessionStatus.Unspecified, "", "");
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    status = (SessionStatus)reader.ReadInt32();
                    break;
                case 2:
                    path = reader.ReadString();
                    break;
                case 3:
                    message = reader.ReadString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(wallTime, step, status, path, message);
    }

    private static LoggedGraph ReadRunMetadata(double wallTime, long step, ReadOnlySpan<byte> bytes)
    {
        var tag = "";
        byte[] metadata = [];
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    tag = reader.ReadString();
                    break;
                case 2:
                    metadata = reader.ReadBytes().ToArray();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(wallTime, step, GraphKind.RunMetadata, tag, metadata);
    }
}
