using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Braid.Client.Backends.ClearML.Events;
using Braid.Client.Backends.Http;
using Braid.Client.Records;

namespace Braid.Client.Backends.WandbOffline;

/// <summary>Values of W&amp;B's history as JSON: numbers, histograms, and files of the folder <c>media/</c>.</summary>
internal static class WandbValue
{
    /// <param name="record">What was logged.</param>
    /// <param name="file">The file that the value names; null when it names none.</param>
    public static string Of(in LogRecord record, out FileContent? file)
    {
        file = null;
        switch (record.Kind)
        {
            case RecordKind.Metric:
                return Number(record.Value);
            case RecordKind.Histogram:
                return Histogram(record.Media);
            case RecordKind.Text:
                return Text(Encoding.UTF8.GetString(record.Media.Content.Span));
            default:
                file = FileOf(record);
                return Json(record.Media, TypeOf(record), file.Value.Path);
        }
    }

    /// <summary>A parameter: a number or a truth value as such, so that W&amp;B compares it as one.</summary>
    public static string Of(ParameterValue parameter) =>
        parameter.Type switch
        {
            "int" or "float" when IsNumber(parameter.Text) => parameter.Text,
            "bool" => parameter.Text.ToLowerInvariant(),
            "" when parameter.Text == "None" => "null",
            _ => Text(parameter.Text),
        };

    /// <summary>A text as JSON.</summary>
    public static string Text(string text) => $"\"{JsonEncodedText.Encode(text, EventJson.Options.Encoder)}\"";

    /// <summary>W&amp;B writes what JSON has no numbers for as texts.</summary>
    private static string Number(double value) =>
        double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : Text(JsonWriting.TextOf(value));

    private static bool IsNumber(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);

    private static string Histogram(Media media)
    {
        var counted = JsonElement.Parse(media.Content.Span);
        return $$"""{"_type":"histogram","values":{{counted.GetProperty("counts").GetRawText()}},"bins":{{counted.GetProperty("edges").GetRawText()}}}""";
    }

    private static FileContent FileOf(in LogRecord record)
    {
        var (folder, extension) = record.Kind switch
        {
            RecordKind.Image => ("images", record.Media.Extension),
            RecordKind.Audio => ("audio", record.Media.Extension),
            RecordKind.Table => ("table", "table.json"),
            _ => record.Media.Extension == "json" ? ("plotly", "plotly.json") : ("images", record.Media.Extension),
        };
        var digest = Digest(record.Media)[..20];
        return FileContent.Of(
            $"media/{folder}/{ContentFiles.Safe(record.Name)}_{record.Step}_{digest}.{extension}",
            record.Media.Content
        );
    }

    private static string TypeOf(in LogRecord record) =>
        record.Kind switch
        {
            RecordKind.Audio => "audio-file",
            RecordKind.Table => "table-file",
            _ => record.Media.Extension == "json" ? "plotly-file" : "image-file",
        };

    private static string Json(Media media, string type, string path) =>
        $$"""{"_type":"{{type}}","path":{{Text(path)}},"sha256":"{{Digest(media)}}","size":{{media.Content.Length}},"format":"{{media.Extension}}"}""";

    private static string Digest(Media media) => Convert.ToHexStringLower(SHA256.HashData(media.Content.Span));
}
