using System.Collections;
using System.Text;
using System.Text.RegularExpressions;

namespace Braid.Cli.TrackedRuns.Code;

/// <summary>The variables that a program is given, with secrets hidden.</summary>
internal static partial class MaskedEnvironment
{
    public const string Mask = "********";

    public static string Text(IDictionary variables)
    {
        var text = new StringBuilder();
        foreach (var name in variables.Keys.Cast<string>().Order(StringComparer.Ordinal))
        {
            text.Append(name).Append('=').Append(ValueOf(name, variables[name]?.ToString() ?? "")).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>By its name: what a name gives away is not worth a secret that is stored.</summary>
    public static bool IsSecret(string name) => SecretName().IsMatch(name);

    /// <summary>Addresses keep no user and password.</summary>
    public static string WithoutCredentials(string text) => UserInfo().Replace(text, $"://{Mask}@");

    private static string ValueOf(string name, string value) =>
        value.Length > 0 && IsSecret(name) ? Mask : WithoutCredentials(value);

    [GeneratedRegex(
        @"secret|passw|credential|api[-_]?key|access[-_]?key|token$|(^|[-_.])(token|auth|pwd|cookie|private|signature|dsn|key$)($|[-_.])",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex SecretName();

    [GeneratedRegex(@"://[^/\s@]+@", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserInfo();
}
