using Braid.Agent.Protocol;
using Braid.Compute.Processes;

namespace Braid.Agent.Attempts;

/// <summary>The small files that an attempt's program finds: they lie below the agent's folder while the attempt is here.</summary>
internal static class AttemptFiles
{
    /// <summary>Writes them; the same ones again where they are there already.</summary>
    public static void Write(string folder, AttemptName attempt, IReadOnlyList<NodeFile> files)
    {
        for (var number = 0; number < files.Count; number++)
        {
            var path = PathOf(folder, attempt, number);
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? folder);
            File.Delete(path);
            File.WriteAllText(path, files[number].Content);
            File.SetUnixFileMode(path, (UnixFileMode)files[number].Mode);
        }
    }

    public static IEnumerable<Mount> MountsOf(string folder, AttemptName attempt, IReadOnlyList<NodeFile> files) =>
        files.Select((file, number) => new Mount(PathOf(folder, attempt, number), file.Path, Writable: false));

    public static void Remove(string folder, AttemptName attempt)
    {
        var path = FolderOf(folder, attempt);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static string PathOf(string folder, AttemptName attempt, int number) =>
        Path.Combine(FolderOf(folder, attempt), $"{number}");

    private static string FolderOf(string folder, AttemptName attempt) =>
        Path.GetFullPath(Path.Combine(folder, "files", $"{attempt.Workload}.{attempt.Replica}.{attempt.Fence}"));
}
