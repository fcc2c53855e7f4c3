using System.Text.RegularExpressions;

namespace Braid.Client.Capture;

/// <summary>
/// The program's command line as parameters: <c>--rate 0.1</c> and <c>--rate=0.1</c> are <c>rate</c>, others their place. Secrets are hidden.
/// </summary>
internal static partial class CommandLine
{
    private const string section = "Args";
    private const string mask = "********";

    public static void Log(Experiment experiment)
    {
        foreach (var (name, value) in Parse(Environment.GetCommandLineArgs().Skip(1).ToList()))
        {
            experiment.LogParam(name, value, section);
        }
    }

    public static IEnumerable<KeyValuePair<string, string>> Parse(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var name = words[i].TrimStart('-');
            if (!IsFlag(words[i]))
            {
                yield return Shown($"{i}", words[i]);
            }
            else if (name.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
            {
                yield return Shown(name[..equals], name[(equals + 1)..]);
            }
            else if (i + 1 < words.Count && words[i + 1] != "--" && !IsFlag(words[i + 1]))
            {
                yield return Shown(name, words[++i]);
            }
            else
            {
                yield return Shown(name, "True");
            }
        }
    }

    /// <summary>Dashes with a name behind them; a negative number has none.</summary>
    private static bool IsFlag(string word) =>
        word.StartsWith('-') && word.AsSpan().TrimStart('-').Length > 0 && !NegativeNumber().IsMatch(word);

    private static KeyValuePair<string, string> Shown(string name, string value) =>
        new(name, SecretName().IsMatch(name) ? mask : UserInfo().Replace(value, $"://{mask}@"));

    [GeneratedRegex(@"^-\.?[0-9]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NegativeNumber();

    [GeneratedRegex(
        @"secret|passw|credential|api[-_]?key|access[-_]?key|token$|(^|[-_.])(token|auth|pwd|cookie|private|signature|dsn|key$)($|[-_.])",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex SecretName();

    [GeneratedRegex(@"://[^/\s@]+@", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserInfo();
}
