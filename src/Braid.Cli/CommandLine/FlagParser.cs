namespace Braid.Cli.CommandLine;

/// <summary>
/// Reads flags the way pachctl does: <c>--name value</c>, <c>--name=value</c>, <c>-n value</c>, <c>-nvalue</c>, <c>-rf value</c>,
/// anywhere among the arguments; <c>--</c> ends them, and a lone <c>-</c> is an argument.
/// </summary>
internal sealed class FlagParser
{
    private readonly Command command;
    private readonly IReadOnlyList<string> words;
    private readonly ParsedFlags parsed = new();
    private int at;

    private FlagParser(Command command, IReadOnlyList<string> words)
    {
        this.command = command;
        this.words = words;
    }

    /// <exception cref="Failure">A flag that the command does not have, or one without its value.</exception>
    public static ParsedFlags Parse(Command command, IReadOnlyList<string> words)
    {
        var parser = new FlagParser(command, words);
        parser.ReadAll();
        return parser.parsed;
    }

    private void ReadAll()
    {
        while (at < words.Count)
        {
            var word = words[at++];
            if (word == "--")
            {
                parsed.Dashes = parsed.Arguments.Count;
                parsed.Arguments.AddRange(words.Skip(at));
                return;
            }

            Read(word);
        }
    }

    private void Read(string word)
    {
        if (word.StartsWith("--", StringComparison.Ordinal))
        {
            ReadLong(word[2..]);
        }
        else if (word.Length > 1 && word[0] == '-')
        {
            ReadLetters(word[1..]);
        }
        else
        {
            parsed.Arguments.Add(word);
        }
    }

    private void ReadLong(string text)
    {
        var (name, value) = text.Split('=', 2) is [var n, var v] ? (n, v) : (text, null);
        var flag = Find(flag => flag.Name == name) ?? throw Wrong($"unknown flag: --{name}");
        parsed.Add(flag, value ?? (flag.Kind == FlagKind.Switch ? "true" : Next($"--{name}")));
    }

    private void ReadLetters(string letters)
    {
        for (var i = 0; i < letters.Length; i++)
        {
            var letter = letters[i];
            var flag =
                Find(flag => flag.Short == letter) ?? throw Wrong($"unknown shorthand flag: '{letter}' in -{letters}");
            if (flag.Kind != FlagKind.Switch)
            {
                var rest = letters[(i + 1)..].TrimStart('=');
                parsed.Add(flag, rest.Length > 0 ? rest : Next($"'{letter}' in -{letters}"));
                return;
            }

            parsed.Add(flag, "true");
        }
    }

    private string Next(string flag) => at < words.Count ? words[at++] : throw Wrong($"flag needs an argument: {flag}");

    private Flag? Find(Func<Flag, bool> isIt) =>
        command.Flags.FirstOrDefault(isIt) ?? Flags.Global.FirstOrDefault(isIt);

    private Failure Wrong(string message) => new(message) { ShowUsageOf = command };
}
