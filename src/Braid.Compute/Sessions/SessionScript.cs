using System.Text;
using Braid.Compute.Sandboxes;

namespace Braid.Compute.Sessions;

/// <summary>
/// What a session's shell is told: 1 run the command in a subshell, with its variables, directory and input; 2 kill whatever
/// it left behind, until nothing is left; 3 say on both streams that it has ended, and how. Nobody but the shell knows the mark
/// by which the end is told, and nothing secret is on a command line.
/// </summary>
internal sealed class SessionScript(string mark, IReadOnlyDictionary<string, string> session)
{
    /// <summary>Variables of the session that its shell has dropped.</summary>
    private readonly KeyValuePair<string, string>[] dropped =
    [
        .. session.Where(variable => !ShellNames.Takes(variable.Key)),
    ];

    /// <summary>What the shell itself says (that a command was killed) is not for the log: commands get the stream as 3.</summary>
    public const string Begin = "exec 3>&2 2>/dev/null\n";

    public string Mark => mark;

    public string Of(SessionCommand command)
    {
        var script = new StringBuilder("(\n");
        foreach (var (name, value) in command.Environment.Where(variable => ShellNames.Takes(variable.Key)))
        {
            script.Append("export ").Append(name).Append('=').Append(Quote(value)).Append('\n');
        }

        script.Append("cd ").Append(Quote(command.WorkingDirectory)).Append(" 2>&3 && exec");
        foreach (var word in Words(command))
        {
            script.Append(' ').Append(Quote(word));
        }

        script.Append(" 2>&3 3>&-\n) ");
        AppendInput(script, command.StandardInput);
        return script
            .Append("s=$?\nwhile kill -9 -1; do :; done\n")
            .Append($"printf '\\n{mark} %d\\n' $s\n")
            .Append($"printf '\\n{mark}\\n' >&3\n")
            .ToString();
    }

    /// <summary>Variables whose names a shell does not take are handed over by <c>env</c>.</summary>
    private IEnumerable<string> Words(SessionCommand command)
    {
        string[] others =
        [
            .. dropped
                .Concat(command.Environment.Where(variable => !ShellNames.Takes(variable.Key)))
                .Select(variable => $"{variable.Key}={variable.Value}"),
        ];
        return others is [] ? command.Command : ["env", .. others, .. command.Command];
    }

    private void AppendInput(StringBuilder script, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            script.Append("</dev/null\n");
            return;
        }

        script.Append("<<'").Append(mark).Append("'\n");
        foreach (var line in lines)
        {
            script.Append(line).Append('\n');
        }

        script.Append(mark).Append('\n');
    }

    private static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
