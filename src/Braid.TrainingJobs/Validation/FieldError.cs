using System.Globalization;

namespace Braid.TrainingJobs.Validation;

/// <summary>One thing that is wrong with a manifest, in Kubernetes' words.</summary>
/// <param name="Path">Where: <c>spec.tfReplicaSpecs[Worker].replicas</c>.</param>
/// <param name="What">What, with the value and what would be right.</param>
public sealed record FieldError(string Path, string What)
{
    public override string ToString() => $"{Path}: {What}";

    internal static FieldError Required(string path, string detail) => new(path, $"Required value: {detail}");

    internal static FieldError Forbidden(string path, string detail) => new(path, $"Forbidden: {detail}");

    internal static FieldError Invalid(string path, string value, string detail) =>
        new(path, $"Invalid value: \"{value}\": {detail}");

    internal static FieldError Invalid(string path, long value, string detail) =>
        new(path, $"Invalid value: {value.ToString(CultureInfo.InvariantCulture)}: {detail}");

    internal static FieldError NotSupported(string path, string value, IEnumerable<string> supported) =>
        new(
            path,
            $"Unsupported value: \"{value}\": supported values: {string.Join(", ", supported.Select(word => $"\"{word}\""))}"
        );

    internal static FieldError WrongType(string path, string expected, string actual) =>
        Invalid(path, actual, $"{path} in body must be of type {expected}: \"{actual}\"");
}
