using System.Security.Cryptography;
using System.Text;
using Braid.TensorBoard;
using Braid.TensorBoard.Logs;
using Braid.TensorBoard.Reading;

namespace Braid.Cli.EventFiles;

/// <summary>Event files that are to become one run.</summary>
/// <param name="Name">What the run is called.</param>
/// <param name="Directory">Below the log directory.</param>
/// <param name="Identity">The same for the same files, wherever they lie; null while no record of them is whole.</param>
/// <param name="StartedMs">The least time of the files' first events.</param>
internal sealed record EventRun(
    string Name,
    string Directory,
    IReadOnlyList<EventFilePath> Files,
    string? Identity,
    long StartedMs
)
{
    /// <summary>A run for each directory.</summary>
    public static async Task<IReadOnlyList<EventRun>> OfDirectoriesAsync(
        string root,
        IReadOnlyList<EventFilePath> files,
        string? name,
        CancellationToken ct
    )
    {
        var runs = new List<EventRun>();
        foreach (var run in files.GroupBy(file => file.Run, StringComparer.Ordinal))
        {
            runs.Add(await OfAsync(root, RunName(root, run.Key, name), run.Key, [.. run], ct));
        }

        return runs;
    }

    /// <summary>One run of all.</summary>
    public static Task<EventRun> OfAllAsync(
        string root,
        IReadOnlyList<EventFilePath> files,
        string? name,
        CancellationToken ct
    ) => OfAsync(root, RunName(root, ".", name), "*", files, ct);

    /// <summary>As TensorBoard calls it; the log directory itself has only a name of its own.</summary>
    private static string RunName(string root, string run, string? name) =>
        run == "." ? name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)))
        : name is null ? run
        : $"{name}/{run}";

    private static async Task<EventRun> OfAsync(
        string root,
        string name,
        string directory,
        IReadOnlyList<EventFilePath> files,
        CancellationToken ct
    )
    {
        var starts = new List<Start>();
        foreach (var file in files)
        {
            if (await ReadStartAsync(Path.Combine(root, file.Path), ct) is { } start)
            {
                starts.Add(start);
            }
        }

        return new(
            name,
            directory,
            files,
            starts.Count == 0 ? null : IdentityOf(directory, starts[0].Beginning),
            starts.Select(start => start.Ms).DefaultIfEmpty(0).Min()
        );
    }

    /// <summary>
    /// The directory below the log directory, and how its first file begins: with a time to the microsecond. Neither changes
    /// when files are added or moved to another machine.
    /// </summary>
    private static string IdentityOf(string directory, uint beginning) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{directory}\0{beginning:x8}")).AsSpan(0, 16));

    private static async Task<Start?> ReadStartAsync(string path, CancellationToken ct)
    {
        try
        {
            await using var file = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            var beginning = FileMark.BeginningOf(file);
            file.Position = 0;
            using var reader = new EventReader(file, 0, new());
            var batch = new EventBatch(1, 1);
            return await reader.ReadAsync(batch, ct) && batch.Times is { } times
                ? new(beginning, WallTime.ToMilliseconds(times.First))
                : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Nothing of it is imported; the next import finds it, when it can be read.
            return null;
        }
    }

    private sealed record Start(uint Beginning, long Ms);
}
