using Braid.Tracking.Filters;

namespace Braid.Tracking.Runs;

/// <summary>Parameters as single keys: <c>K</c> lies in the section General; those of other sections are <c>section/name</c>.</summary>
public static class ParameterKeys
{
    private const string general = "General";

    public static RunParameter ToParameter(string key, string value) => new(general, key, value);

    public static string KeyOf(RunParameter parameter) => KeyOf(parameter.Section, parameter.Name);

    public static string KeyOf(string section, string name) => section == general ? name : $"{section}/{name}";

    /// <summary>Where a parameter of this key may be: in General, and in the section that its first slash ends.</summary>
    public static IEnumerable<Field.Parameter> FieldsOf(string key)
    {
        yield return new Field.Parameter(general, key);
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0)
        {
            yield return new Field.Parameter(key[..slash], key[(slash + 1)..]);
        }
    }
}
