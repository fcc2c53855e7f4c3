using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Braid.Primitives;

namespace Braid.Gateway.MLflow;

/// <summary>What this door refuses itself; the texts are the ones MLflow's users and programs know.</summary>
internal static class Errors
{
    /// <summary>The one refusal whose status is not its kind's: no such call, rather than no such thing.</summary>
    public const string NoSuchEndpointCode = "mlflow.no-such-endpoint";

    /// <summary>A bug or lost I/O on this side.</summary>
    public const string InternalCode = "mlflow.internal";

    /// <summary>How the messages about parameters end.</summary>
    public const string SeeDocs = " See the API docs for more information about request parameters.";

    private static readonly JsonWriterOptions relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Error Invalid(string message) => new(ErrorKind.InvalidArgument, "mlflow.invalid", message);

    public static Error NotFound(string message) => new(ErrorKind.NotFound, "mlflow.not-found", message);

    public static Error Missing(string path) => Invalid($"Missing value for required parameter '{path}'.{SeeDocs}");

    public static Error WrongType(string path, JsonElement value) =>
        Invalid(InvalidValueText(path, Compact(value), $" Hint: Value was of type '{PythonType(value)}'.") + SeeDocs);

    public static Error InvalidValue(string path, string value, string why) =>
        Invalid(InvalidValueText(path, Quote(value), why));

    public static Error InvalidValue(string path, JsonElement value, string why) =>
        Invalid(InvalidValueText(path, Compact(value), why));

    public static Error TooLong(string what, int limit) =>
        Invalid($"'{what}' exceeds the maximum length of {limit} characters");

    public static Error BodyTooLong(int most) =>
        Invalid(
            $"Bad Request. The request body has more than {most} bytes. Log it in several requests, or as an artifact."
        );

    public static Error NoContentType() => Invalid("Bad Request. Content-Type header is missing.");

    public static Error WrongContentType() => Invalid("Bad Request. Content-Type must be one of ['application/json'].");

    public static Error BadJson(string why) => Invalid($"Bad Request. The request body is not valid JSON: {why}");

    public static Error NoSuchEndpoint(string method, string path) =>
        new(
            ErrorKind.NotFound,
            NoSuchEndpointCode,
            $"No API found for '{method} {path}'. This server speaks MLflow 3.3's REST API."
        );

    /// <summary>A part of the protocol that this server leaves out; the text says which, and what to do instead.</summary>
    public static Error NotOffered(string message) => new(ErrorKind.Unimplemented, "mlflow.not-offered", message);

    public static Error Internal() =>
        new(ErrorKind.Unavailable, InternalCode, "The server failed to answer this call. Its log says why.");

    private static string InvalidValueText(string path, string value, string why) =>
        $"Invalid value {value} for parameter '{path}' supplied: {why}";

    /// <summary>A text as Python shows it: in single quotes, in double ones when it has only single ones inside.</summary>
    public static string PythonText(string text)
    {
        var quote =
            text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal);
        return quote == '\'' ? $"'{escaped.Replace("'", "\\'", StringComparison.Ordinal)}'" : $"\"{escaped}\"";
    }

    /// <summary>A text as a JSON string.</summary>
    public static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    private static string Compact(JsonElement value)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, relaxed))
        {
            value.WriteTo(json);
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    /// <summary>Messages speak of the types of the language that most clients are written in.</summary>
    private static string PythonType(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetInt64(out _) ? "int" : "float",
            JsonValueKind.True or JsonValueKind.False => "bool",
            JsonValueKind.Array => "list",
            JsonValueKind.Object => "dict",
            JsonValueKind.String => "str",
            _ => "NoneType",
        };
}
