using Braid.Cli.CommandLine;

namespace Braid.Cli.Completion;

/// <summary>
/// Finds what a word could become: 1. words of commands; 2. flags; 3. a flag's value; 4. an argument. What an argument is, its
/// command's usage says: <c>&lt;repo&gt;@&lt;branch&gt;</c> stands for branches wherever it stands.
/// </summary>
internal sealed class Completer(Surroundings world)
{
    public async Task<IReadOnlyList<string>> FindAsync(string[] words, CancellationToken ct)
    {
        var (before, current) = words.Length == 0 ? ([], "") : (words[..^1], words[^1]);
        var (command, named) = CommandTable.Find(before);
        // (1)
        var names = command is null || named == before.Length ? NextWords(before) : [];
        if (command is null || command.PassesThrough)
        {
            return Beginning(names, current);
        }

        var rest = before[named..];
        var flags = command.Flags.Concat(Flags.Global).ToList();
        // (2)
        if (current.StartsWith('-'))
        {
            return Beginning(flags.Select(flag => $"--{flag.Name}"), current);
        }

        using var call = new Invocation(command, Parsed(command, rest), world);
        var things = new ServerNames(call);
        // (3)
        if (rest.Length > 0 && ValueOf(flags, rest[^1]) is { } given)
        {
            return Beginning(await things.OfFlagAsync(given, current, ct), current);
        }

        // (4)
        var arguments = await things.OfArgumentAsync(UsageOf(command, call.Arguments.Count), current, ct);
        return Beginning(names.Concat(arguments), current);
    }

    /// <summary>The words that commands go on with after these.</summary>
    private static IEnumerable<string> NextWords(string[] before) =>
        CommandTable
            .All.Where(command => !command.IsHidden)
            .Select(command => command.Name.Split(' '))
            .Where(name => name.Length > before.Length && name.AsSpan(0, before.Length).SequenceEqual(before))
            .Select(name => name[before.Length])
            .Distinct(StringComparer.Ordinal);

    private static List<string> Beginning(IEnumerable<string> words, string start) =>
        [.. words.Where(word => word.StartsWith(start, StringComparison.Ordinal) || word == ShellScripts.LocalFiles)];

    /// <summary>The flag that the word is, when its value comes next.</summary>
    private static Flag? ValueOf(List<Flag> flags, string word) =>
        flags.FirstOrDefault(flag =>
            flag.Kind != FlagKind.Switch
            && (word == $"--{flag.Name}" || (flag.Short is { } letter && word == $"-{letter}"))
        );

    /// <summary>The usage of the next argument; the last one's holds for all that follow it.</summary>
    private static string UsageOf(Command command, int count)
    {
        var all = command.Usage.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return all.Length == 0 || count >= command.MostArguments ? "" : all[Math.Min(count, all.Length - 1)];
    }

    /// <summary>What was typed so far may be wrong or unfinished; it counts as far as it can be read.</summary>
    private static ParsedFlags Parsed(Command command, string[] words)
    {
        for (var length = words.Length; length > 0; length--)
        {
            try
            {
                return FlagParser.Parse(command, words[..length]);
            }
            catch (Failure)
            {
                // One word less, then.
            }
        }

        return new();
    }
}
