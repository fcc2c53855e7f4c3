using System.Text.Json;
using System.Text.Json.Serialization;

namespace Braid.Gateway.Pachyderm.Tests.Recorded;

/// <summary>One call that a stock client made: the bytes of both bodies (frames as on the wire), and how it ended.</summary>
internal sealed record RecordedCall
{
    /// <summary><c>/service/method</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The id of the transaction that the call is part of, if it is part of one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Transaction { get; init; }

    public required byte[] Request { get; init; }

    public required byte[] Response { get; init; }

    /// <summary>The number of the status, and its text as on the wire.</summary>
    public required int Status { get; init; }

    public string Message { get; init; } = "";
}

/// <summary>Recordings are files of one call in a line, in the order in which the calls ended.</summary>
internal static class Recording
{
    public static async Task<IReadOnlyList<RecordedCall>> ReadAsync(string file) =>
        [
            .. (await File.ReadAllLinesAsync(file)).Select(line =>
                JsonSerializer.Deserialize(line, RecordingJson.Default.RecordedCall)
                ?? throw new InvalidDataException($"{file} has an empty line")
            ),
        ];

    public static Task WriteAsync(string file, IEnumerable<RecordedCall> calls) =>
        File.WriteAllLinesAsync(
            file,
            calls.Select(call => JsonSerializer.Serialize(call, RecordingJson.Default.RecordedCall))
        );
}

[JsonSerializable(typeof(RecordedCall))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class RecordingJson : JsonSerializerContext;
