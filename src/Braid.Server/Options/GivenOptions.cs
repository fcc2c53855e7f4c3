using Braid.Gateway.Web.Installations;

namespace Braid.Server.Options;

/// <summary>What a command was given: on its command line, else in the environment, else the default; every mistake is kept.</summary>
internal sealed class GivenOptions
{
    private readonly Dictionary<Option, string> given = [];
    private readonly List<string> mistakes = [];
    private readonly IReadOnlyList<Option> all;
    private readonly Func<string, string?> environment;

    public GivenOptions(IReadOnlyList<Option> all, IReadOnlyList<string> args, Func<string, string?> environment)
    {
        this.all = all;
        this.environment = environment;
        ReadFlags(args);
    }

    /// <summary>A line each.</summary>
    public IReadOnlyList<string> Mistakes => mistakes;

    public void Mistake(string text) => mistakes.Add(text);

    public string? Text(Option option) =>
        given.TryGetValue(option, out var text) ? text
        : environment(option.Variable) is { Length: > 0 } variable ? variable
        : option.Default;

    /// <summary>Where an option's value comes from.</summary>
    public SettingSource SourceOf(Option option) =>
        given.ContainsKey(option) ? SettingSource.CommandLine
        : environment(option.Variable) is { Length: > 0 } ? SettingSource.Environment
        : SettingSource.Default;

    /// <summary>A list, separated by commas.</summary>
    public IReadOnlyList<string> Names(Option option) =>
        (Text(option) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Says that an option is needed; what to go on with.</summary>
    public string Missing(Option option)
    {
        mistakes.Add($"{option.Flag} {option.Value} is needed: {option.Help}");
        return ".";
    }

    public bool Switch(Option option)
    {
        var text = Text(option) ?? "false";
        if (text is "true" or "1" or "false" or "0")
        {
            return text is "true" or "1";
        }

        mistakes.Add($"{option.Flag} is true or false, not '{text}'");
        return true;
    }

    private void ReadFlags(IReadOnlyList<string> args)
    {
        for (var at = 0; at < args.Count; at++)
        {
            var (flag, inline) = args[at].Split('=', 2) is [var f, var v] ? (f, v) : (args[at], null);
            if (all.FirstOrDefault(option => option.Flag == flag) is not { } option)
            {
                mistakes.Add($"unknown option {args[at]}");
            }
            else if (option.IsSwitch)
            {
                given[option] = inline ?? "true";
            }
            else if (inline is not null || at + 1 < args.Count)
            {
                given[option] = inline ?? args[++at];
            }
            else
            {
                mistakes.Add($"{flag} needs a value: {flag} {option.Value}");
            }
        }
    }
}
