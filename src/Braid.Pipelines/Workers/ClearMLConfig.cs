using Braid.Compute.Processes;

namespace Braid.Pipelines.Workers;

/// <summary>
/// The configuration that ClearML's SDK finds in a program whose spec names none: it reports from threads. Left alone it forks a
/// process for that, which stands still when one of its locks was held at that moment, and <c>Task.close</c> waits for it.
/// </summary>
internal static class ClearMLConfig
{
    /// <summary>Where the program sees it.</summary>
    private const string folder = "/run/braid";

    private const string file = "clearml.conf";
    private const string content = "sdk { development { report_use_subprocess: false } }\n";

    /// <summary>Tells the SDK where it is. Variables of the spec that come later have the last word.</summary>
    public static KeyValuePair<string, string> Variable { get; } = new("CLEARML_CONFIG_FILE", $"{folder}/{file}");

    /// <summary>Writes the file below a folder of the program's.</summary>
    public static Mount Write(string below)
    {
        var source = Directory.CreateDirectory(Path.Combine(below, "settings")).FullName;
        File.WriteAllText(Path.Combine(source, file), content);
        return new(source, folder, Writable: false);
    }
}
