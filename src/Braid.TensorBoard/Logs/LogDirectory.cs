namespace Braid.TensorBoard.Logs;

/// <summary>An event file below a log directory.</summary>
/// <param name="Path">From the directory on, with '/' between the parts.</param>
public sealed record EventFilePath(string Path)
{
    /// <summary>The TensorBoard run that the file belongs to: its directory, <c>.</c> for the log directory itself.</summary>
    public string Run => RunOf(Path);

    /// <summary>The directory of a path with '/' between its parts; <c>.</c> when it is a bare name.</summary>
    public static string RunOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? "." : path[..slash];
    }
}

/// <summary>Finds event files: a run is a directory that holds at least one, at any depth.</summary>
public static class LogDirectory
{
    private const string mark = "tfevents";

    /// <summary>Whether a file of this name is an event file.</summary>
    public static bool IsEventFile(string name) => name.Contains(mark, StringComparison.Ordinal);

    /// <summary>
    /// What a file is called in a run that it becomes part of, and so the names of what it holds: the directories that TensorBoard's writers
    /// make for each run by themselves say nothing.
    /// </summary>
    /// <param name="path">As in <see cref="EventFilePath"/>.</param>
    public static string NameInRun(string path) =>
        path.Split('/') switch
        {
            ["runs" or "lightning_logs" or "tb_logs", _, .. var rest] when rest.Length > 0 => string.Join('/', rest),
            ["logs", .. var rest] when rest.Length > 0 => string.Join('/', rest),
            _ => path,
        };

    /// <summary>
    /// The event files, by run, then by name, which is the order in which they were begun. Links are followed, but a directory is
    /// read once only, under its own name if it lies below the root itself: links may lead round in circles, and a link
    /// <c>latest</c> is no run of its own. What cannot be read is left out.
    /// </summary>
    public static IReadOnlyList<EventFilePath> Find(string root)
    {
        var found = new List<EventFilePath>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var links = new List<Folder>();
        Walk(new(System.IO.Path.GetFullPath(root), ""), found, seen, links);
        for (var at = 0; at < links.Count; at++)
        {
            Walk(links[at], found, seen, links);
        }

        return
        [
            .. found
                .OrderBy(file => file.Run, StringComparer.Ordinal)
                .ThenBy(file => file.Path, StringComparer.Ordinal),
        ];
    }

    private static void Walk(Folder root, List<EventFilePath> found, HashSet<string> seen, List<Folder> links)
    {
        var open = new Stack<Folder>([root]);
        while (open.TryPop(out var folder))
        {
            if (!seen.Add(RealPath(folder.FullPath)))
            {
                continue;
            }

            foreach (var entry in Entries(folder.FullPath))
            {
                var child = new Folder(entry.FullName, folder.Relative + entry.Name);
                if (entry is DirectoryInfo)
                {
                    (entry.LinkTarget is null ? open.Push : (Action<Folder>)links.Add)(child.AsFolder());
                }
                else if (IsEventFile(entry.Name))
                {
                    found.Add(new(child.Relative));
                }
            }
        }
    }

    private static IReadOnlyList<FileSystemInfo> Entries(string folder)
    {
        try
        {
            return
            [
                .. new DirectoryInfo(folder)
                    .EnumerateFileSystemInfos()
                    .OrderBy(entry => entry.Name, StringComparer.Ordinal),
            ];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The path without links; a link that leads nowhere is itself.</summary>
    private static string RealPath(string path)
    {
        try
        {
            var target = new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true);
            return target?.FullName ?? path;
        }
        catch (IOException)
        {
            return path;
        }
    }

    private readonly record struct Folder(string FullPath, string Relative)
    {
        public Folder AsFolder() => this with { Relative = Relative + "/" };
    }
}
