using Braid.Compute.Processes;

namespace Braid.Agent.Attempts;

/// <summary>
/// The configuration that ClearML's SDK finds in a program whose workload names none: it reports from threads. Left alone it forks
/// a process for that, which stands still when one of its locks was held at that moment, and <c>Task.close</c> waits for it.
/// </summary>
internal static class ClientSettings
{
    /// <summary>Where the program sees it.</summary>
    private const string folder = "/run/braid";

    private const string file = "clearml.conf";
    private const string content = "sdk { development { report_use_subprocess: false } }\n";

    public static KeyValuePair<string, string> Variable { get; } = new("CLEARML_CONFIG_FILE", $"{folder}/{file}");

    /// <summary>Writes it below the agent's folder.</summary>
    public static void Write(string below) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(SourceIn(below)).FullName, file), content);

    public static Mount MountOf(string below) => new(SourceIn(below), folder, Writable: false);

    private static string SourceIn(string below) => Path.GetFullPath(Path.Combine(below, "settings"));
}
