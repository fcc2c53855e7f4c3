using Braid.Agent.Protocol;
using Braid.Compute.Processes;

namespace Braid.Agent.Attempts;

/// <summary>Where a program leaves what is to become part of its run: a folder below the agent's, there while the attempt is.</summary>
internal static class OutputFolder
{
    /// <summary>Tells the program where.</summary>
    public static KeyValuePair<string, string> Variable { get; } = new("BRAID_OUTPUT", "/braid/output");

    /// <summary>Makes it, unless it is there: programs of images are users of their own.</summary>
    public static void Make(string below, AttemptName attempt)
    {
        const UnixFileMode everybody =
            UnixFileMode.UserRead
            | UnixFileMode.UserWrite
            | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead
            | UnixFileMode.GroupWrite
            | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead
            | UnixFileMode.OtherWrite
            | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(Directory.CreateDirectory(Of(below, attempt)).FullName, everybody);
    }

    public static Mount MountOf(string below, AttemptName attempt) =>
        new(Of(below, attempt), Variable.Value, Writable: true);

    public static void Remove(string below, AttemptName attempt)
    {
        if (new DirectoryInfo(Of(below, attempt)) is { Exists: true } folder)
        {
            folder.Delete(recursive: true);
        }
    }

    public static string Of(string below, AttemptName attempt) =>
        Path.GetFullPath(Path.Combine(below, "output", $"{attempt.Workload}.{attempt.Replica}.{attempt.Fence}"));
}
