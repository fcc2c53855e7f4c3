using System.Text;
using System.Text.Json;

namespace Braid.Pipelines.Egressing;

/// <summary>Rows that are written as one JSON object per line.</summary>
internal static class JsonRows
{
    /// <summary>The columns asked for; where none are, those that the first object has.</summary>
    public static async Task<CsvForm> FormOfAsync(Stream file, IReadOnlyList<string> columns, CancellationToken ct)
    {
        if (columns.Count > 0)
        {
            return new(columns, false);
        }

        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            if (line.AsSpan().Trim().Length > 0)
            {
                using var row = JsonDocument.Parse(line);
                return new([.. Require(row).EnumerateObject().Select(field => field.Name)], false);
            }
        }

        return new([], false);
    }

    /// <summary>The rows as CSV without a header; what an object lacks, and null, is an empty value.</summary>
    /// <exception cref="JsonException">A line is no JSON.</exception>
    /// <exception cref="InvalidDataException">A line is no object.</exception>
    public static async Task WriteCsvAsync(
        TextReader reader,
        IReadOnlyList<string> columns,
        TextWriter writer,
        CancellationToken ct
    )
    {
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            if (line.AsSpan().Trim().Length > 0)
            {
                using var row = JsonDocument.Parse(line);
                var fields = Require(row);
                var values = columns.Select(column => fields.TryGetProperty(column, out var value) ? Csv(value) : "");
                await writer.WriteAsync($"{string.Join(',', values)}\n");
            }
        }
    }

    private static JsonElement Require(JsonDocument row) =>
        row.RootElement is { ValueKind: JsonValueKind.Object } fields
            ? fields
            : throw new InvalidDataException($"a line holds {row.RootElement.ValueKind}, not an object");

    private static string Csv(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => "",
            JsonValueKind.String => Quote(value.GetString() ?? ""),
            _ => Quote(value.GetRawText()),
        };

    private static string Quote(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
