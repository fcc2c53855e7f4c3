using Braid.TrainingJobs.Manifests;

namespace Braid.TrainingJobs.Validation;

/// <summary>Names become host names.</summary>
internal static class NameRules
{
    private const int longest = 63;

    private const string label =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with "
        + "an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    public static IEnumerable<FieldError> Check(TrainingJob job)
    {
        if (!IsLabel(job.Name))
        {
            yield return FieldError.Invalid("metadata.name", job.Name, $"should match: {Wrong(job.Name)}");
        }

        if (!HasLabelLetters(job.Namespace) || job.Namespace.Length > longest)
        {
            yield return FieldError.Invalid(
                "metadata.namespace",
                job.Namespace,
                "must be at most 63 lower case letters, digits or '-', beginning and ending with a letter or digit"
            );
        }
    }

    public static bool IsLabel(string name) => StartsAsLabel(name) && HasLabelLetters(name) && name.Length <= longest;

    private static string Wrong(string name) =>
        string.Join(
            ",",
            new[]
            {
                name.Length > longest ? $"must be no more than {longest} characters" : "",
                StartsAsLabel(name) && HasLabelLetters(name) ? "" : label,
            }.Where(text => text.Length > 0)
        );

    private static bool StartsAsLabel(string name) => name is [>= 'a' and <= 'z', ..];

    /// <summary>Lower-case letters, digits and dashes, without a dash at either end.</summary>
    private static bool HasLabelLetters(string name) =>
        name.Length > 0
        && name[0] != '-'
        && name[^1] != '-'
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
