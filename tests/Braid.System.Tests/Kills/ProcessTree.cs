using System.Diagnostics;
using System.Globalization;

namespace Braid.System.Tests.Kills;

/// <summary>The processes that one has started, as <c>/proc</c> shows them.</summary>
internal static class ProcessTree
{
    /// <summary>Those below a process that have one of these names.</summary>
    public static IReadOnlyList<int> Find(int process, params string[] names) =>
        [.. Descendants(process).Where(id => names.Contains(NameOf(id)))];

    /// <summary>Sends a signal to one of them, if there is any.</summary>
    public static void Signal(Random random, IReadOnlyList<int> processes, string signal)
    {
        if (processes.Count > 0)
        {
            using var kill = Process.Start("kill", [$"-{signal}", $"{processes[random.Next(processes.Count)]}"]);
            kill.WaitForExit();
        }
    }

    private static List<int> Descendants(int process)
    {
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && ParentOf(id) == process
            )
            {
                found.Add(id);
                found.AddRange(Descendants(id));
            }
        }

        return found;
    }

    private static int ParentOf(int process) =>
        Stat(process) is { } stat
            ? int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture)
            : 0;

    private static string NameOf(int process) =>
        Stat(process) is { } stat ? stat[(stat.IndexOf('(') + 1)..stat.LastIndexOf(')')] : "";

    /// <summary>Null once the process is gone.</summary>
    private static string? Stat(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat");
        }
        catch (IOException)
        {
            return null;
        }
    }
}
