namespace Braid.Client.Capture;

/// <summary>The program's command line as parameters: <c>--rate 0.1</c> and <c>--rate=0.1</c> are <c>rate</c>, others their place.</summary>
internal static class CommandLine
{
    private const string section = "Args";

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
            if (name.Length == words[i].Length || name.Length == 0)
            {
                yield return new($"{i}", words[i]);
            }
            else if (name.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
            {
                yield return new(name[..equals], name[(equals + 1)..]);
            }
            else if (i + 1 < words.Count && !words[i + 1].StartsWith('-'))
            {
                yield return new(name, words[++i]);
            }
            else
            {
                yield return new(name, "True");
            }
        }
    }
}
