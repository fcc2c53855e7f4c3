using Braid.Primitives;
using Braid.TrainingJobs.Validation;

namespace Braid.TrainingJobs;

/// <summary>What is refused here.</summary>
internal static class Errors
{
    /// <summary>A text that is no YAML or JSON.</summary>
    public static Error Malformed(string why) =>
        new(ErrorKind.InvalidArgument, "training-jobs.malformed", $"malformed manifest: {why}");

    public static Error TooLarge(int length, int limit) =>
        new(
            ErrorKind.ResourceExhausted,
            "training-jobs.too-large",
            $"the manifest has {length} characters, more than {limit}; keep data and programs in files, volumes or images"
        );

    public static Error TooManyDocuments(int count, int limit) =>
        new(
            ErrorKind.ResourceExhausted,
            "training-jobs.too-many-documents",
            $"the file holds {count} manifests, more than {limit}; split it"
        );

    public static Error Empty() =>
        new(
            ErrorKind.InvalidArgument,
            "training-jobs.empty",
            "the file holds no manifest: expected an object with apiVersion and kind"
        );

    public static Error UnknownKind(string kind, string version, IEnumerable<string> known) =>
        new(
            ErrorKind.InvalidArgument,
            "training-jobs.unknown-kind",
            $"no matches for kind \"{kind}\" in version \"{version}\"; known are {string.Join(", ", known)} in version \"kubeflow.org/v1\""
        );

    /// <summary>All that is wrong with one job.</summary>
    public static Error Invalid(string kind, string name, IReadOnlyList<FieldError> errors) =>
        new(
            ErrorKind.InvalidArgument,
            "training-jobs.invalid",
            $"{kind}.kubeflow.org \"{name}\" is invalid: "
                + (errors.Count == 1 ? $"{errors[0]}" : $"[{string.Join(", ", errors)}]")
        );

    public static Error NoPipelineJob(IEnumerable<string> fields) =>
        new(
            ErrorKind.InvalidArgument,
            "training-jobs.no-pipeline-job",
            $"the pipeline's spec has no distributed job; give one as {string.Join(" or ", fields)}"
        );

    public static Error TransformToo(string field) =>
        new(
            ErrorKind.InvalidArgument,
            "training-jobs.transform-too",
            $"the pipeline's spec has both transform and {field}; a pipeline runs one of them"
        );

    public static Error NoManifest(string field) =>
        new(
            ErrorKind.InvalidArgument,
            "training-jobs.no-manifest",
            $"{field} must be a job's manifest, as text or as an object"
        );

    public static Error OneManifest(string field, int count) =>
        new(
            ErrorKind.InvalidArgument,
            "training-jobs.one-manifest",
            $"{field} holds {count} manifests; a pipeline runs one"
        );

    public static Error WrongPipelineKind(string field, string expected, string actual) =>
        new(
            ErrorKind.InvalidArgument,
            "training-jobs.wrong-pipeline-kind",
            $"{field} holds a {actual}; it takes a {expected}"
        );
}
