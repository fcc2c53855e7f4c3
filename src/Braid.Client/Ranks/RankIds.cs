using System.Security.Cryptography;
using System.Text;
using Braid.Client.Backends;

namespace Braid.Client.Ranks;

/// <summary>
/// How the ranks of a distributed training find the run that rank 0 made: it leaves the run's ID in a file of the spool folder, whose
/// name is made of the launch (MASTER_ADDR, MASTER_PORT, TORCHELASTIC_RUN_ID), the project and the run's name. On several
/// machines that folder must be a shared one, or <c>TRACELET_RUN_ID</c> be set. A file of before this process is of another launch.
/// </summary>
internal sealed class RankIds(string root, string launch, DateTimeOffset notBefore, TimeProvider clock)
{
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan slowestStart = TimeSpan.FromMinutes(2);

    /// <summary>For what an earlier process left: there is nobody to tell or to wait for.</summary>
    public static RankIds Nobody(TimeProvider clock) => new("", "", DateTimeOffset.MaxValue, clock);

    /// <summary>Rank 0 tells the others, when there may be others.</summary>
    public void Tell(RunStart start, IBackend backend, string runId)
    {
        if (start.Rank == 0 && launch.Length > 0 && backend.CanShareRuns)
        {
            Directory.CreateDirectory(Folder);
            var file = FileOf(start, backend);
            File.WriteAllText(file + ".new", runId);
            File.Move(file + ".new", file, overwrite: true);
        }
    }

    /// <summary>The run to join: null for rank 0, which makes it.</summary>
    public async Task<string?> OfFirstRankAsync(RunStart start, IBackend backend, CancellationToken ct)
    {
        if (start.Rank == 0 || !backend.CanShareRuns)
        {
            return null;
        }

        if (launch.Length == 0)
        {
            throw new BackendRefusalException(
                $"rank {start.Rank} does not know the run that rank 0 made: set MASTER_ADDR, MASTER_PORT and a spool folder that all ranks "
                    + "share, or TRACELET_RUN_ID",
                isFinal: true
            );
        }

        var file = FileOf(start, backend);
        while (!File.Exists(file) || File.GetLastWriteTimeUtc(file) < (notBefore - slowestStart).UtcDateTime)
        {
            await Task.Delay(pause, clock, ct);
        }

        return await File.ReadAllTextAsync(file, ct);
    }

    private string Folder => Path.Combine(root, "ranks");

    private string FileOf(RunStart start, IBackend backend)
    {
        var key = $"{launch}\n{start.Project}\n{start.Name}\n{backend.Name}\n{backend.Address}";
        return Path.Combine(Folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32]);
    }
}
