using System.Globalization;
using Braid.Client.Records;
using Braid.TensorBoard.Wire;

namespace Braid.Client.Backends.WandbOffline;

/// <summary>The values of one step, which become one record of the history.</summary>
internal sealed class WandbRow(long startedAt)
{
    private readonly Dictionary<string, string> values = [];
    private readonly Dictionary<string, string> last = [];
    private long step;
    private long milliseconds;

    public int Count => values.Count;

    /// <summary>Whether a value may share the row: an empty row takes any, others one of each name, of their own and older steps.</summary>
    public bool Takes(in LogRecord next) => values.Count == 0 || (next.Step <= step && !values.ContainsKey(next.Name));

    public void Add(in LogRecord record, string json)
    {
        step = Math.Max(step, record.Step);
        milliseconds = record.Milliseconds;
        values[record.Name] = last[record.Name] = json;
        if (record.Step != step)
        {
            values[$"{record.Name}/step"] = record.Step.ToString(CultureInfo.InvariantCulture);
        }
    }

    public void Clear() => values.Clear();

    public void Write(ProtoWriter message)
    {
        foreach (var (name, json) in values)
        {
            Item(message, name, json);
        }

        Item(message, "_step", step.ToString(CultureInfo.InvariantCulture));
        Item(message, "_timestamp", Seconds(milliseconds));
        Item(message, "_runtime", Seconds(milliseconds - startedAt));
        message.Message(2, number => number.Varint(1, step));
    }

    /// <summary>The last value of each name, which W&amp;B shows as the run's summary.</summary>
    public void WriteLast(ProtoWriter message)
    {
        foreach (var (name, json) in last)
        {
            Item(message, name, json);
        }

        Item(message, "_step", step.ToString(CultureInfo.InvariantCulture));
        Item(message, "_runtime", Seconds(milliseconds - startedAt));
    }

    private static void Item(ProtoWriter message, string key, string json) =>
        message.Message(1, item => item.Text(1, key).Text(16, json));

    private static string Seconds(long milliseconds) => (milliseconds / 1000.0).ToString(CultureInfo.InvariantCulture);
}
