using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.TrainingJobs.Validation;

namespace Braid.TrainingJobs.Manifests.Reading;

/// <summary>Whether a single value is what the model has in its place.</summary>
internal static class ScalarCheck
{
    /// <summary>Null: it is right.</summary>
    public static FieldError? Wrong(JsonNode? value, Type type, string path) =>
        type == typeof(string) ? WrongUnless(value, JsonValueKind.String, "string", path)
        : type == typeof(bool) ? WrongBoolean(value, path)
        : type == typeof(int) ? WrongInteger(value, path, int.MinValue, int.MaxValue)
        : type == typeof(long) ? WrongInteger(value, path, long.MinValue, long.MaxValue)
        : type == typeof(Quantity) ? WrongQuantity(value, path)
        : type == typeof(DateTimeOffset) ? WrongTime(value, path)
        : type.IsEnum ? WrongWord(value, type, path)
        : null;

    private static FieldError? WrongUnless(JsonNode? value, JsonValueKind kind, string expected, string path) =>
        value?.GetValueKind() == kind ? null : FieldError.WrongType(path, expected, TypeName.Of(value));

    private static FieldError? WrongBoolean(JsonNode? value, string path) =>
        value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False
            ? null
            : FieldError.WrongType(path, "boolean", TypeName.Of(value));

    private static FieldError? WrongInteger(JsonNode? value, string path, long least, long most) =>
        value is not JsonValue number || !number.TryGetValue<long>(out var integer)
            ? FieldError.WrongType(path, "integer", TypeName.Of(value))
        : integer < least || integer > most ? FieldError.Invalid(path, integer, $"must be from {least} to {most}")
        : null;

    private static FieldError? WrongQuantity(JsonNode? value, string path)
    {
        var kind = value?.GetValueKind();
        if (kind is not (JsonValueKind.String or JsonValueKind.Number))
        {
            return FieldError.WrongType(path, "string", TypeName.Of(value));
        }

        var text = kind is JsonValueKind.String ? value!.GetValue<string>() : value!.ToJsonString();
        return Quantity.TryParse(text, out _)
            ? null
            : FieldError.Invalid(path, text, "must be a quantity such as 500m, 2, 1e3 or 4Gi");
    }

    private static FieldError? WrongTime(JsonNode? value, string path) =>
        value is JsonValue text
        && text.TryGetValue<string>(out var time)
        && DateTimeOffset.TryParseExact(
            time,
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out _
        )
            ? null
            : FieldError.Invalid(path, value?.ToString() ?? "", "must be a time such as 2026-01-31T12:00:00Z");

    private static FieldError? WrongWord(JsonNode? value, Type type, string path)
    {
        if (value is not JsonValue word || !word.TryGetValue<string>(out var text))
        {
            return FieldError.WrongType(path, "string", TypeName.Of(value));
        }

        IReadOnlyList<string> words =
            type == typeof(SuccessPolicy) ? ["", nameof(SuccessPolicy.AllWorkers)] : Enum.GetNames(type);
        return words.Contains(text) ? null : FieldError.NotSupported(path, text, words);
    }
}
