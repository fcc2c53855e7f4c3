using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Braid.Client.Backends;
using Braid.Client.Spooling;

namespace Braid.Client.Ranks;

/// <summary>
/// How the ranks of a distributed training find the run that rank 0 made: it leaves the run's ID in a file of the spool folder, whose
/// name is made of the launch (MASTER_ADDR, MASTER_PORT, TORCHELASTIC_RUN_ID), the project, the run's name, and when rank 0 started.
/// On several machines that folder must be a shared one, or <c>TRACELET_RUN_ID</c> be set. One that is much older than this rank is of
/// another launch.
/// </summary>
/// <param name="roots">The spool folders; rank 0 writes to the first.</param>
/// <param name="launch">What the ranks have in common; empty when nothing is known.</param>
/// <param name="isOver">An earlier process was the rank: what is not there is not waited for.</param>
/// <param name="report">Is told what does not end the run.</param>
/// <param name="clock">The clock of waits.</param>
internal sealed class RankIds(
    IReadOnlyList<string> roots,
    string launch,
    bool isOver,
    Action<string> report,
    TimeProvider clock
)
{
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan slowestStart = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan longestKept = TimeSpan.FromDays(30);

    /// <summary>Rank 0 tells the others, when there may be others.</summary>
    public void Tell(RunStart start, IBackend backend, string runId)
    {
        if (start.Rank > 0 || launch.Length == 0 || !backend.CanShareRuns)
        {
            return;
        }

        try
        {
            Write(Path.Combine(FolderOf(roots[0]), $"{KeyOf(start, backend)}-{start.StartedAt}"), runId);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            report($"the other ranks cannot find the run of {backend.Name}: {error.Message}");
        }
    }

    /// <summary>The run to join: null for rank 0, which makes it.</summary>
    public async Task<string?> OfFirstRankAsync(RunStart start, IBackend backend, CancellationToken ct)
    {
        if (start.Rank == 0 || !backend.CanShareRuns)
        {
            return null;
        }

        for (; ; )
        {
            if (launch.Length > 0 && Find(start, backend) is { } file)
            {
                return await File.ReadAllTextAsync(file, ct);
            }

            if (launch.Length == 0 || isOver)
            {
                throw new BackendRefusalException(
                    $"rank {start.Rank} does not know the run that rank 0 made: set MASTER_ADDR, MASTER_PORT and a spool folder that all "
                        + "ranks share, or TRACELET_RUN_ID",
                    isFinal: true
                );
            }

            await Task.Delay(pause, clock, ct);
        }
    }

    /// <summary>Of a rank that runs the newest, which may come late; of one that is over the one that started with it.</summary>
    private string? Find(RunStart start, IBackend backend)
    {
        var key = KeyOf(start, backend);
        var files = roots
            .Select(FolderOf)
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, key + "-*"))
            .Select(file => (File: file, After: StartOf(file) - start.StartedAt))
            .Where(each => each.After >= -slowestStart.TotalMilliseconds)
            .Where(each => FolderAccess.IsOf(FolderAccess.Me, each.File));
        return isOver
            ? files
                .Where(each => each.After <= slowestStart.TotalMilliseconds)
                .OrderBy(each => Math.Abs(each.After))
                .Select(each => each.File)
                .FirstOrDefault()
            : files.OrderBy(each => -each.After).Select(each => each.File).FirstOrDefault();
    }

    private void Write(string file, string runId)
    {
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(file) ?? "");
        var oldest = (clock.GetUtcNow() - longestKept).UtcDateTime;
        foreach (var old in folder.EnumerateFiles().Where(old => old.LastWriteTimeUtc < oldest))
        {
            old.Delete();
        }

        var written = $"{Path.Combine(folder.FullName, RandomId.Of(8))}.new";
        File.WriteAllText(written, runId);
        File.Move(written, file, overwrite: true);
    }

    private static double StartOf(string file) =>
        long.TryParse(file.AsSpan(file.LastIndexOf('-') + 1), CultureInfo.InvariantCulture, out var start)
            ? start
            : double.NaN;

    /// <summary>A folder of the user's own: several users' ranks may share the spool folder of a cluster.</summary>
    private static string FolderOf(string root) => Path.Combine(root, $"ranks-{Environment.UserName}");

    private string KeyOf(RunStart start, IBackend backend)
    {
        var key = $"{launch}\n{start.Project}\n{start.Name}\n{backend.Name}\n{backend.Address}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32];
    }
}
