using System.Text.RegularExpressions;
using Braid.Primitives;

namespace Braid.Gateway.Web.NamedModels;

/// <summary>What MLflow's clients can use as an alias: <c>latest</c> and <c>v3</c> mean something else to them.</summary>
internal static partial class AliasNames
{
    private const int longest = 256;

    public static bool IsName(string alias) =>
        alias.Length <= longest && Name().IsMatch(alias) && !Reserved().IsMatch(alias);

    public static Error Refuse(string alias) =>
        new(
            ErrorKind.InvalidArgument,
            "web.bad-alias",
            $"'{alias}' is no alias: up to {longest} letters, digits, _ and -, and neither 'latest' nor a version like 'v3'"
        );

    [GeneratedRegex("^[A-Za-z0-9_-]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex(
        "^(latest|v[0-9]+)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Reserved();
}
