namespace Braid.Cli.CommandLine;

/// <summary>What somebody may have meant who named a command that there is not.</summary>
internal static class NearestCommand
{
    private const int MostTypos = 2;

    /// <summary>A sentence, or an empty text.</summary>
    public static string Hint(IReadOnlyList<string> words)
    {
        var verb = words[0];
        var ofVerb = CommandTable
            .All.Where(command => command.Verb == verb && !command.IsHidden)
            .Select(command => command.Name)
            .ToList();
        var given = string.Join(' ', words.Take(2));
        var near = CommandTable
            .All.Select(command => (command.Name, Typos: Distance(given, command.Name)))
            .Where(candidate => candidate.Typos <= MostTypos)
            .OrderBy(candidate => candidate.Typos)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
        return near is not null ? $"did you mean \"{near}\"?"
            : ofVerb.Count > 0 ? $"\"{verb}\" goes with: {string.Join(", ", ofVerb)}"
            : "braid help lists the commands";
    }

    /// <summary>How many letters must be put in, left out or changed.</summary>
    public static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost =
                    left[i - 1] == right[j - 1] ? diagonal : 1 + Math.Min(diagonal, Math.Min(row[j], row[j - 1]));
                (diagonal, row[j]) = (row[j], cost);
            }
        }

        return row[^1];
    }
}
