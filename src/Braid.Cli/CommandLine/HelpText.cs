using System.Text;

namespace Braid.Cli.CommandLine;

/// <summary>The texts of <c>--help</c>.</summary>
internal static class HelpText
{
    /// <summary>What the program can do, a line for each command.</summary>
    public static string OfProgram()
    {
        var text = new StringBuilder();
        text.Append(
            "Braid: versioned data, pipelines and tracked runs under one ID.\n\nUsage:\n  braid <command> [flags]\n\n"
        );
        text.Append(
            "The words are pachctl's and Run:ai's; the server is the one that PACHD_ADDRESS, pachctl's config file or BRAID_DATA names.\n\nCommands:\n"
        );
        var shown = CommandTable.All.Where(command => !command.IsHidden).ToList();
        var width = shown.Max(command => command.Name.Length) + 2;
        foreach (var command in shown)
        {
            text.Append("  ").Append(command.Name.PadRight(width)).Append(command.Summary).Append('\n');
        }

        return text.Append("\nbraid <command> --help tells more.\n").ToString();
    }

    /// <summary>What one command does and takes.</summary>
    public static string Of(Command command)
    {
        var text = new StringBuilder(command.Summary).Append("\n\n").Append(UsageOf(command));
        if (command.Flags.Count > 0)
        {
            Append(text.Append("\nFlags:\n"), command.Flags);
        }

        Append(text.Append("\nGlobal flags:\n"), [.. Flags.Global.Select(flag => BesideThoseOf(command, flag))]);
        return text.ToString();
    }

    /// <summary>A letter that the command uses itself means the command's.</summary>
    private static Flag BesideThoseOf(Command command, Flag flag) =>
        command.Flags.Any(own => own.Short is not null && own.Short == flag.Short) ? flag with { Short = null } : flag;

    public static string UsageOf(Command command)
    {
        var arguments = command.Usage.Length > 0 ? " " + command.Usage : "";
        return $"Usage:\n  braid {command.Name}{arguments}{(command.Flags.Count > 0 ? " [flags]" : "")}\n";
    }

    private static void Append(StringBuilder text, IReadOnlyList<Flag> flags)
    {
        var width = flags.Max(flag => FormOf(flag).Length) + 3;
        foreach (var flag in flags)
        {
            text.Append("  ").Append(FormOf(flag).PadRight(width)).Append(flag.Help).Append('\n');
        }
    }

    private static string FormOf(Flag flag)
    {
        var letter = flag.Short is { } given ? $"-{given}, " : "    ";
        return letter + "--" + flag.Name + (flag.Kind == FlagKind.Switch ? "" : " string");
    }
}
