using System.Text;
using Braid.Cli.CommandLine;

namespace Braid.Cli.MLProjects;

/// <summary>A command with <c>{name}</c> where values go, and <c>{{</c>, <c>}}</c> for the braces themselves.</summary>
internal static class CommandTemplate
{
    /// <exception cref="Failure">It names what is no parameter, or a brace stands alone.</exception>
    public static string Fill(string template, IReadOnlyDictionary<string, string> values)
    {
        var text = new StringBuilder();
        for (var at = 0; at < template.Length; at++)
        {
            var c = template[at];
            if (c is not ('{' or '}'))
            {
                text.Append(c);
            }
            else if (at + 1 < template.Length && template[at + 1] == c)
            {
                text.Append(c);
                at++;
            }
            else
            {
                var name = NameAt(template, at);
                text.Append(values.GetValueOrDefault(name) ?? throw NoParameter(template, name));
                at += name.Length + 1;
            }
        }

        return text.ToString();
    }

    private static string NameAt(string template, int at)
    {
        var end = template[at] == '{' ? template.IndexOf('}', at) : -1;
        return end >= 0
            ? template[(at + 1)..end]
            : throw new Failure(
                $"a single '{template[at]}' in the command \"{template}\": write it twice for the character itself"
            );
    }

    private static Failure NoParameter(string template, string name) =>
        new(
            $"{{{name}}} in the command \"{template}\" is no parameter of its entry point: "
                + $"declare it, or write {{{{{name}}}}} for the braces themselves"
        );
}
