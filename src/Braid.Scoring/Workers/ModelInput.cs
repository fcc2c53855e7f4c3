using System.Text.Json;
using Braid.Scoring.Frames;
using Braid.Scoring.Python;
using Braid.Scoring.Tensors;

namespace Braid.Scoring.Workers;

/// <summary>What a model is given: checked, and said so that the worker can make it again.</summary>
internal abstract record ModelInput
{
    /// <summary>Writes it as the worker reads it.</summary>
    public abstract void Write(Utf8JsonWriter json);
}

/// <summary>A value as it came.</summary>
internal sealed record PlainInput(object? Value) : ModelInput
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("kind", "plain");
        json.WritePropertyName("data");
        PythonJsonWriter.Write(json, Value);
    }
}

/// <summary>A list of maps, whose values become arrays each.</summary>
internal sealed record RecordsInput(PyList Records) : ModelInput
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("kind", "records");
        json.WritePropertyName("data");
        PythonJsonWriter.Write(json, Records);
    }
}

/// <summary>One array.</summary>
internal sealed record ArrayInput(TensorValue Value) : ModelInput
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("kind", "array");
        json.WritePropertyName("data");
        Value.Write(json);
    }
}

/// <summary>Arrays with names.</summary>
internal sealed record ArraysInput(OrderedDictionary<string, TensorValue> Values) : ModelInput
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("kind", "arrays");
        json.WriteStartObject("data");
        foreach (var (name, value) in Values)
        {
            json.WritePropertyName(name);
            value.Write(json);
        }

        json.WriteEndObject();
    }
}

/// <summary>A data frame.</summary>
internal sealed record FrameInput(Frame Frame) : ModelInput
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("kind", "frame");
        json.WriteNumber("rows", Frame.Rows);
        json.WritePropertyName("index");
        PythonJsonWriter.Write(json, Frame.Index);
        json.WriteStartArray("columns");
        foreach (var column in Frame.Columns)
        {
            json.WriteStartArray();
            PythonJsonWriter.Write(json, column.Name);
            json.WriteStringValue(column.DType);
            PythonJsonWriter.Write(json, column.Values);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
