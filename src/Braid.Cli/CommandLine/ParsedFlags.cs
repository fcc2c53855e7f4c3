namespace Braid.Cli.CommandLine;

/// <summary>What a command was given: its arguments and the values of its flags.</summary>
internal sealed class ParsedFlags
{
    private readonly Dictionary<Flag, List<string>> values = [];

    public List<string> Arguments { get; } = [];

    /// <summary>How many of the arguments stand before <c>--</c>; null when there is none.</summary>
    public int? Dashes { get; set; }

    public bool Has(Flag flag) => values.TryGetValue(flag, out var given) && given[^1] != "false";

    public string? Text(Flag flag) => values.TryGetValue(flag, out var given) ? given[^1] : null;

    public IReadOnlyList<string> All(Flag flag) => values.TryGetValue(flag, out var given) ? given : [];

    public void Add(Flag flag, string value)
    {
        if (!values.TryGetValue(flag, out var given))
        {
            values[flag] = given = [];
        }

        given.Add(value);
    }
}
