using System.Buffers;
using System.Text.Json;
using Braid.Scoring.Models;
using Braid.Scoring.Python;
using Braid.Scoring.Requests;

namespace Braid.Scoring.Workers;

/// <summary>What an answer of a worker is.</summary>
internal enum ReplyKind : byte
{
    Ready = (byte)'R',
    Predictions = (byte)'P',
    ModelFailed = (byte)'E',
    BadInput = (byte)'I',
    NoJson = (byte)'X',
}

/// <summary>An answer of a worker.</summary>
internal readonly record struct Reply(ReplyKind Kind, ReadOnlyMemory<byte> Body);

/// <summary>What workers are told.</summary>
internal static class WorkerMessages
{
    /// <summary>How to load the model.</summary>
    public static ReadOnlyMemory<byte> Load(ModelFolder model) =>
        Written(json =>
        {
            json.WriteString("loader", model.Loader);
            json.WriteString("data", model.Data);
            json.WriteString("code", model.Code);
            json.WriteString("pickle", model.Pickle);
            json.WriteString("predict", model.Predict);
            json.WritePropertyName("config");
            json.WriteRawValue(model.Config?.ToJsonString() ?? "null");
        });

    /// <summary>A request.</summary>
    public static ReadOnlyMemory<byte> Predict(Prediction prediction) =>
        Written(json =>
        {
            json.WritePropertyName("params");
            PythonJsonWriter.Write(json, prediction.Parameters);
            json.WriteStartObject("input");
            prediction.Input.Write(json);
            json.WriteEndObject();
        });

    private static ReadOnlyMemory<byte> Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = PythonJsonWriter.Into(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
