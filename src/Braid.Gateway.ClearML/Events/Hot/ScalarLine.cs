using System.Text.Json;

namespace Braid.Gateway.ClearML.Events.Hot;

/// <summary>
/// The usual line of a batch, a scalar, read without objects in between. What is not written as clients usually write it (a number
/// as text, a bare NaN, a field twice, another type) is left to the reading of any event in <see cref="EventBatch"/>, which also
/// says what is wrong.
/// </summary>
internal struct ScalarLine
{
    private string? task;
    private string? metric;
    private string? variant;
    private long? iteration;
    private long? timestamp;
    private long? oldTimestamp;
    private double? value;
    private bool isScalar;
    private Seen seen;

    [Flags]
    private enum Seen
    {
        Nothing = 0,
        Type = 1,
        Task = 2,
        Metric = 4,
        Variant = 8,
        Iteration = 16,
        Timestamp = 32,
        OldTimestamp = 64,
        Value = 128,
        AllowsLocked = 256,
        IsOfModel = 512,
    }

    public readonly string Task => task ?? "";
    public readonly string Metric => metric ?? "";
    public readonly string Variant => variant ?? "";
    public readonly long Iteration => iteration ?? 0;

    /// <summary>Null when the line has none.</summary>
    public readonly long? TimestampMs => timestamp ?? oldTimestamp;
    public readonly double Value => value ?? 0;
    public bool AllowsLocked { get; private set; }
    public bool IsOfModel { get; private set; }

    /// <summary>False for any other line.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, NameTable names, out ScalarLine read)
    {
        read = default;
        if (line.IndexOf("NaN"u8) >= 0 || line.IndexOf("Infinity"u8) >= 0)
        {
            return false;
        }

        try
        {
            return read.TryReadAll(line, names);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private bool TryReadAll(ReadOnlySpan<byte> line, NameTable names)
    {
        var reader = new Utf8JsonReader(line);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!TryReadField(ref reader, names))
            {
                return false;
            }
        }

        return isScalar && task is not null && value is not null && !reader.Read();
    }

    private bool TryReadField(ref Utf8JsonReader reader, NameTable names)
    {
        var field = FieldOf(ref reader);
        if ((seen & field) != Seen.Nothing)
        {
            return false;
        }

        seen |= field;
        reader.Read();
        if (field == Seen.Nothing)
        {
            reader.Skip();
            return true;
        }

        return reader.TokenType switch
        {
            JsonTokenType.Null => true,
            JsonTokenType.String => TryText(field, ref reader, names),
            JsonTokenType.Number => TryNumber(field, ref reader),
            JsonTokenType.True => TryFlag(field, flag: true),
            JsonTokenType.False => TryFlag(field, flag: false),
            _ => false,
        };
    }

    private static Seen FieldOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("type"u8) ? Seen.Type
        : reader.ValueTextEquals("task"u8) ? Seen.Task
        : reader.ValueTextEquals("metric"u8) ? Seen.Metric
        : reader.ValueTextEquals("variant"u8) ? Seen.Variant
        : reader.ValueTextEquals("iter"u8) ? Seen.Iteration
        : reader.ValueTextEquals("timestamp"u8) ? Seen.Timestamp
        : reader.ValueTextEquals("ts"u8) ? Seen.OldTimestamp
        : reader.ValueTextEquals("value"u8) ? Seen.Value
        : reader.ValueTextEquals("allow_locked"u8) ? Seen.AllowsLocked
        : reader.ValueTextEquals("model_event"u8) ? Seen.IsOfModel
        : Seen.Nothing;

    private bool TryText(Seen field, ref Utf8JsonReader reader, NameTable names)
    {
        switch (field)
        {
            case Seen.Type:
                return isScalar = reader.ValueTextEquals("training_stats_scalar"u8);
            case Seen.Task:
                task = names.Read(ref reader);
                return true;
            case Seen.Metric:
                metric = names.Read(ref reader);
                return true;
            case Seen.Variant:
                variant = names.Read(ref reader);
                return true;
            default:
                return false;
        }
    }

    private bool TryNumber(Seen field, ref Utf8JsonReader reader)
    {
        if (field == Seen.Value)
        {
            var isNumber = reader.TryGetDouble(out var number);
            value = number;
            return isNumber;
        }

        var isWhole = reader.TryGetInt64(out var whole);
        switch (field)
        {
            case Seen.Iteration:
                iteration = whole;
                return isWhole;
            case Seen.Timestamp:
                timestamp = whole;
                return isWhole;
            case Seen.OldTimestamp:
                oldTimestamp = whole;
                return isWhole;
            default:
                return false;
        }
    }

    private bool TryFlag(Seen field, bool flag)
    {
        AllowsLocked |= field == Seen.AllowsLocked && flag;
        IsOfModel |= field == Seen.IsOfModel && flag;
        return field is Seen.AllowsLocked or Seen.IsOfModel;
    }
}
