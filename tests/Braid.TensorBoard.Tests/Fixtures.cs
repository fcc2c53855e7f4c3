using System.Text.Json;
using Braid.TensorBoard.Hot;
using Braid.TensorBoard.Reading;
using Braid.Testing;

namespace Braid.TensorBoard.Tests;

/// <summary>Files of real writers, and a list of what is in them that another parser made.</summary>
internal static class Fixtures
{
    public static string Root { get; } = Repository.PathOf("tests", "Braid.TensorBoard.Tests", "Data", "tfevents");

    public static JsonElement Manifest { get; } =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, "manifest.json"))).RootElement;

    /// <summary>The paths of the undamaged files.</summary>
    public static IEnumerable<string> Good =>
        from run in Manifest.GetProperty("runs").EnumerateObject()
        from file in run.Value.GetProperty("files").EnumerateArray()
        select file.GetProperty("path").GetString();

    public static TheoryData<string> GoodFiles => [.. Good];

    public static TheoryData<string> LogDirectories =>
        [.. Manifest.GetProperty("runs").EnumerateObject().Select(run => run.Name)];

    public static TheoryData<string> DamagedFiles =>
        [.. Manifest.GetProperty("damaged").EnumerateObject().Select(file => file.Name)];

    public static byte[] Bytes(string path) => File.ReadAllBytes(Path.Combine(Root, path));

    /// <summary>The records of an undamaged file, as the manifest lists them.</summary>
    public static IReadOnlyList<JsonElement> Records(string path) =>
        [
            .. (
                from run in Manifest.GetProperty("runs").EnumerateObject()
                from file in run.Value.GetProperty("files").EnumerateArray()
                where file.GetProperty("path").GetString() == path
                select file
            )
                .Single()
                .GetProperty("records")
                .EnumerateArray(),
        ];

    public static int End(JsonElement record) =>
        record.GetProperty("offset").GetInt32() + record.GetProperty("length").GetInt32() + RecordFrame.Overhead;

    /// <summary>A number as the manifest writes it: JSON has none of NaN, the infinities and -0.</summary>
    public static double Number(JsonElement json) =>
        json.ValueKind == JsonValueKind.Number
            ? json.GetDouble()
            : json.GetString() switch
            {
                "NaN" => double.NaN,
                "Infinity" => double.PositiveInfinity,
                "-Infinity" => double.NegativeInfinity,
                "-0" => -0d,
                var text => throw new InvalidDataException(text),
            };

    /// <summary>Everything that is in some bytes, in one batch.</summary>
    public static async Task<(EventBatch Batch, EventReader Reader)> ReadAsync(byte[] bytes, TagTable? tags = null)
    {
        var batch = new EventBatch(1 << 16, int.MaxValue);
        using var reader = new EventReader(new MemoryStream(bytes), 0, tags ?? new());
        await reader.ReadAsync(batch, default);
        return (batch, reader);
    }
}
