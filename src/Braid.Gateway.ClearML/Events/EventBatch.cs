using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Events.Hot;
using Braid.Gateway.ClearML.Models;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Braid.Tracking.Logs;
using Braid.Tracking.Plots;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Events;

/// <summary>Sorts the events of a request by owner and kind; what is wrong with one does not stop the others.</summary>
/// <param name="worker">The machine that reports, for events that name none.</param>
internal sealed class EventBatch(string worker, DateTimeOffset now)
{
    private readonly Dictionary<SeriesOwner, OwnerEvents> byOwner = [];
    private readonly NameTable names = new();
    private readonly Dictionary<string, int> errors = new(StringComparer.Ordinal);

    public IReadOnlyCollection<OwnerEvents> ByOwner => byOwner.Values;

    /// <summary>How many events were refused, by reason.</summary>
    public IReadOnlyDictionary<string, int> Errors => errors;

    /// <summary>Reads one event a line; why the request is refused as a whole, or null.</summary>
    public Error? ReadLines(ReadOnlySpan<byte> body)
    {
        var lines = 0;
        foreach (var range in body.Split((byte)'\n'))
        {
            var line = body[range];
            if (RequestBody.IsBlank(line))
            {
                continue;
            }

            lines++;
            if (ScalarLine.TryRead(line, names, out var scalar) && TryAdd(scalar))
            {
                continue;
            }

            if (!RequestBody.ParseObject(line, $"line {lines}").TryGet(out var any, out var malformed))
            {
                return malformed;
            }

            Read(any);
        }

        return lines == 0 ? ClearML.Errors.EmptyBatch() : null;
    }

    public void Read(JsonObject line)
    {
        var fields = new Fields(line);
        var owner = fields.Flag("model_event") == true ? (SeriesOwner)fields.Model("task") : fields.Task();
        var type = fields.RequiredText("type").Replace(' ', '_');
        if (fields.Problem is null)
        {
            ReadInto(fields, type, EventsOf(owner, fields.Flag("allow_locked") == true));
        }

        if (fields.Problem is { } problem)
        {
            Refuse(problem.Message, 1);
        }
    }

    public void Refuse(string reason, int events) => errors[reason] = errors.GetValueOrDefault(reason) + events;

    /// <summary>False when its task's id is none.</summary>
    private bool TryAdd(in ScalarLine scalar)
    {
        if (!Hex32.TryParse(scalar.Task, out var id))
        {
            return false;
        }

        var owner = scalar.IsOfModel ? SeriesOwner.Of(new ModelId(id)) : SeriesOwner.Of(new RunId(id));
        var point = new Point(
            scalar.Metric,
            scalar.Variant,
            Iterations.FromWire(scalar.Iteration),
            scalar.TimestampMs ?? now.ToUnixTimeMilliseconds(),
            scalar.Value
        );
        EventsOf(owner, scalar.AllowsLocked).Points.Add(point);
        return true;
    }

    private OwnerEvents EventsOf(SeriesOwner owner, bool allowsLocked)
    {
        if (!byOwner.TryGetValue(owner, out var events))
        {
            byOwner.Add(owner, events = new(owner));
        }

        events.AllowsLocked |= allowsLocked;
        return events;
    }

    private void ReadInto(Fields fields, string type, OwnerEvents events)
    {
        if (type == EventTypes.Scalar)
        {
            AddTo(events.Points, ReadPoint(fields), fields);
        }
        else if (type == EventTypes.Log && !events.Owner.IsModel)
        {
            AddTo(events.Lines, ReadLine(fields), fields);
        }
        else if (EventTypes.PlotKindOf(type) is { } kind)
        {
            AddTo(events.Plots, ReadPlot(fields, type, kind), fields);
        }
        else
        {
            fields.Refuse(ClearML.Errors.InvalidField("type", "a type of event that its owner can have"));
        }
    }

    private static void AddTo<T>(List<T> events, T read, Fields fields)
    {
        if (fields.Problem is null)
        {
            events.Add(read);
        }
    }

    private Point ReadPoint(Fields fields)
    {
        if (!fields.Has("value"))
        {
            fields.Refuse(ClearML.Errors.MissingField("value"));
        }

        return new(
            fields.Text("metric") ?? "",
            fields.Text("variant") ?? "",
            Iterations.FromWire(fields.Whole("iter") ?? 0),
            Timestamp(fields),
            fields.Number("value") ?? 0
        );
    }

    private LogLine ReadLine(Fields fields) =>
        new()
        {
            TimestampMs = Timestamp(fields),
            Text = fields.Text("msg") ?? "",
            Level = fields.Text("level") ?? "",
            Worker = fields.Text("worker") ?? worker,
            Source = LogSource.Client,
        };

    private PlotEvent ReadPlot(Fields fields, string type, PlotKind kind) =>
        new(
            kind,
            fields.Text("metric") ?? "",
            fields.Text("variant") ?? "",
            fields.Whole("iter") ?? 0,
            Timestamp(fields),
            EventReply.Keep(fields.Json, type, worker)
        );

    private long Timestamp(Fields fields) =>
        fields.Whole("timestamp") ?? fields.Whole("ts") ?? now.ToUnixTimeMilliseconds();
}
