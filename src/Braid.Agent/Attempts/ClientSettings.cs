using Braid.Compute.Processes;

namespace Braid.Agent.Attempts;

/// <summary>
/// The configuration that ClearML's SDK finds in a program whose workload names none: it reports from threads. Left alone it forks
/// a process for that, which stands still when one of its locks was held at that moment, and <c>Task.close</c> waits for it.
/// </summary>
public static class ClientSettings
{
    /// <summary>Where the program sees it.</summary>
    private const string folder = "/run/braid";

    private const string file = "clearml.conf";
    private const string content = "sdk { development { report_use_subprocess: false } }\n";

    internal static KeyValuePair<string, string> Variable { get; } = new("CLEARML_CONFIG_FILE", $"{folder}/{file}");

    /// <summary>Writes it below a folder of the agent's.</summary>
    public static Mount Write(string below)
    {
        var source = Directory.CreateDirectory(Path.Combine(below, "settings")).FullName;
        File.WriteAllText(Path.Combine(source, file), content);
        return new(source, folder, Writable: false);
    }
}
