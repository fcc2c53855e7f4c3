using Braid.Cli.CommandLine;
using Braid.Cli.TrackedRuns.Programs;

namespace Braid.Cli.MLProjects;

/// <summary>A way to run a project: a command, and the parameters that it has places for.</summary>
internal sealed record EntryPoint(string Name, IReadOnlyList<EntryParameter> Parameters, string Command)
{
    /// <summary>A value for each parameter, then those that were given beside them.</summary>
    /// <exception cref="Failure">A value is missing, or does not fit.</exception>
    public OrderedDictionary<string, string> ValuesOf(OrderedDictionary<string, string> given)
    {
        var missing = Parameters.Where(each => each.Default is null && !given.ContainsKey(each.Name)).ToList();
        if (missing.Count > 0)
        {
            var names = string.Join(", ", missing.Select(each => $"'{each.Name}'"));
            throw new Failure($"No value given for missing parameters: {names}");
        }

        var values = new OrderedDictionary<string, string>();
        foreach (var parameter in Parameters)
        {
            var value = given.TryGetValue(parameter.Name, out var own) ? own : parameter.Default ?? "";
            parameter.Check(value);
            values[parameter.Name] = value;
        }

        foreach (var (name, value) in given)
        {
            values[name] = value;
        }

        return values;
    }

    /// <summary>
    /// The command for a shell: values in their places, each as one word, and those that have no place as <c>--name value</c>
    /// behind it.
    /// </summary>
    /// <exception cref="Failure">The command names what is no parameter.</exception>
    public string CommandOf(OrderedDictionary<string, string> values)
    {
        var names = Parameters.Select(each => each.Name).ToHashSet(StringComparer.Ordinal);
        var quoted = names.ToDictionary(name => name, name => ShellWord.Quoted(values[name]));
        var extra = values
            .Where(pair => !names.Contains(pair.Key))
            .Select(pair => $"--{ShellWord.Quoted(pair.Key)} {ShellWord.Quoted(pair.Value)}");
        return string.Join(' ', [CommandTemplate.Fill(Command, quoted), .. extra]);
    }
}
