using System.Text.Json.Nodes;
using Braid.Cli.TrackedRuns.Code;
using Braid.Cli.TrackedRuns.Programs;

namespace Braid.Cli.TrackedRuns;

/// <summary>
/// Parameters of a run: those that were given (MLflow's clients see them under their own names), and what the command line says,
/// under <c>Args</c>, where ClearML's SDK keeps arguments.
/// </summary>
internal static class CommandParameters
{
    public static JsonObject Of(RunWish wish)
    {
        var sections = new JsonObject { ["Args"] = Section("Args", Arguments(wish.Words)) };
        if (wish.Parameters.Count > 0)
        {
            sections["General"] = Section("General", wish.Parameters);
        }

        return sections;
    }

    /// <summary>
    /// <c>--name value</c>, <c>--name=value</c>, <c>--name</c> (True); and the whole line as <c>command</c>. Secrets are hidden.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Arguments(IReadOnlyList<string> words)
    {
        var found = new List<KeyValuePair<string, string>>();
        var line = new List<string> { words[0] };
        for (var i = 1; i < words.Count; i++)
        {
            line.Add(Shown(words[i]));
            if (!words[i].StartsWith("--", StringComparison.Ordinal) || words[i].Length == 2)
            {
                continue;
            }

            var (name, value) = words[i][2..].Split('=', 2) is [var key, var given]
                ? (key, given)
                : (words[i][2..], null);
            var isHidden = MaskedEnvironment.IsSecret(name);
            if (value is not null && isHidden)
            {
                line[^1] = $"--{name}={MaskedEnvironment.Mask}";
            }
            else if (value is null && i + 1 < words.Count && !IsFlag(words[i + 1]))
            {
                value = words[++i];
                line.Add(isHidden ? MaskedEnvironment.Mask : Shown(value));
            }

            found.Add(new(name, isHidden ? MaskedEnvironment.Mask : Shown(value ?? "True")));
        }

        return [new("command", string.Join(' ', line.Select(ShellWord.Quoted))), .. found];
    }

    /// <summary>Without the value of <c>name=value</c> where the name says that it is a secret, and of addresses without their users.</summary>
    private static string Shown(string word) =>
        word.Split('=', 2) is [var name, { Length: > 0 }] && MaskedEnvironment.IsSecret(name.TrimStart('-'))
            ? $"{name}={MaskedEnvironment.Mask}"
            : MaskedEnvironment.WithoutCredentials(word);

    /// <summary>A word with a dash in front that is no negative number.</summary>
    private static bool IsFlag(string word) => word.StartsWith('-') && (word.Length < 2 || !char.IsAsciiDigit(word[1]));

    private static JsonObject Section(string section, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var items = new JsonObject();
        foreach (var (name, value) in pairs)
        {
            items[name] = new JsonObject
            {
                ["section"] = section,
                ["name"] = name,
                ["value"] = value,
            };
        }

        return items;
    }
}
