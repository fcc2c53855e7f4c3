using Braid.Cli.CommandLine;

namespace Braid.Cli.Servers.AsMLflow;

/// <summary>What <c>mlflow server</c> was told: on the command line, else by variables.</summary>
internal sealed class MLflowArguments
{
    private readonly Dictionary<MLflowFlag, string> values = [];

    /// <summary>Everything that is no flag of MLflow's: <c>serve</c>'s own options.</summary>
    public IReadOnlyList<string> Others { get; }

    /// <exception cref="Failure">A flag lacks its value, or asks for something that is not so here.</exception>
    public MLflowArguments(IReadOnlyList<string> words, Func<string, string?> variable)
    {
        var others = new List<string>();
        for (var at = 0; at < words.Count; at++)
        {
            var (name, inline) = words[at].Split('=', 2) is [var n, var v] ? (n, v) : (words[at], null);
            if (MLflowFlags.All.FirstOrDefault(flag => flag.Names.Contains(name)) is not { } known)
            {
                others.Add(words[at]);
            }
            else if (known.IsSwitch)
            {
                values[known] = inline ?? "";
            }
            else
            {
                values[known] =
                    inline
                    ?? (++at < words.Count ? words[at] : throw new Failure($"{name} needs a value: {name} VALUE"));
            }
        }

        foreach (var flag in MLflowFlags.All.Where(flag => flag.Variable is not null && !values.ContainsKey(flag)))
        {
            if (variable(flag.Variable!) is { Length: > 0 } text)
            {
                values[flag] = text;
            }
        }

        Others = others;
        // An empty prefix is none.
        if (Of(FlagFate.Refused).FirstOrDefault(flag => flag.IsSwitch || values[flag].Length > 0) is { } refused)
        {
            throw new Failure($"{refused.Name}: {refused.Why}");
        }
    }

    public string? Text(MLflowFlag flag) => values.GetValueOrDefault(flag);

    /// <summary>The flags that were given and that nothing is done with.</summary>
    public IEnumerable<MLflowFlag> Ignored => Of(FlagFate.Ignored);

    private IEnumerable<MLflowFlag> Of(FlagFate fate) => values.Keys.Where(flag => flag.Fate == fate);
}
