using System.Diagnostics;

namespace Braid.Compute.Limits;

/// <summary>Starts a process inside a control group: it goes in first and becomes the process then, so nothing is ever outside.</summary>
internal static class GroupEntry
{
    private const string script = """
        while [ "$1" != -- ]; do echo $$ > "$1" || exit 125; shift; done; shift; exec "$@"
        """;

    public static ProcessStartInfo Before(ProcessStartInfo start, ControlGroup group)
    {
        var entered = new ProcessStartInfo(
            "sh",
            ["-c", script, "enter", .. group.Entrances, "--", start.FileName, .. start.ArgumentList]
        );
        entered.Environment.Clear();
        foreach (var (name, value) in start.Environment)
        {
            entered.Environment[name] = value;
        }

        return entered;
    }
}
