using Braid.Tracking.Filters;
using Braid.Tracking.Runs;

namespace Braid.Gateway.MLflow.Runs;

/// <summary>Parameter keys: <c>K</c> is written to section General; other sections are read as <c>section/name</c>.</summary>
internal static class ParameterKeys
{
    private const string general = "General";

    public static RunParameter ToParameter(string key, string value) => new(general, key, value);

    public static string KeyOf(RunParameter parameter) =>
        parameter.Section == general ? parameter.Name : $"{parameter.Section}/{parameter.Name}";

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
