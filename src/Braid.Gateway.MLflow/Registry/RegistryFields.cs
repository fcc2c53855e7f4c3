using System.Globalization;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking;

namespace Braid.Gateway.MLflow.Registry;

/// <summary>Reads what the registry's calls have in common.</summary>
internal static class RegistryFields
{
    private const int longestTagValue = 100_000;

    public static string NoModel(string name) => $"Registered Model with name={name} not found";

    public static string NoVersion(string name, long version) =>
        $"Model Version (name={name}, version={version}) not found";

    /// <summary>The required <c>version</c>: a text that holds a positive integer.</summary>
    public static long RequiredVersion(this Fields fields)
    {
        var text = fields.Raw("version")?.ToString() ?? "";
        if (text.Length == 0)
        {
            fields.Refuse(Errors.Missing("version"));
        }
        else if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            fields.Refuse(Errors.Invalid($"Parameter 'version' must be an integer, got '{text}'."));
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
    }

    /// <summary>A registered model's name for a new one: no path of a URI may be made of it.</summary>
    public static string RequiredNewName(this Fields fields, string field)
    {
        var name = fields.Required(field);
        if (
            name.AsSpan().IndexOfAny('/', ':') >= 0
            || name is "." or ".."
            || (name.Length > 0 && name.Trim().Length == 0)
        )
        {
            fields.Refuse(
                Errors.Invalid(
                    $"Invalid model name: '{name}'. It must not be blank nor contain slashes (/) or colons (:)."
                )
            );
        }

        return name;
    }

    public static Tag Tag(Fields fields)
    {
        var tag = new Tag(fields.RequiredKey("key"), fields.Text("value") ?? "");
        if (tag.Value.Length > longestTagValue)
        {
            fields.Refuse(Errors.TooLong("value", longestTagValue));
        }

        return tag;
    }

    /// <summary>Reads the list <c>tags</c>; of a key given twice the last counts.</summary>
    public static IReadOnlyList<Tag> Tags(Fields fields) =>
        [.. fields.Objects("tags").Select(Tag).GroupBy(tag => tag.Key).Select(same => same.Last())];
}
