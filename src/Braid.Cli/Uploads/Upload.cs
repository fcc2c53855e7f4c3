using Braid.Cli.Connection;
using Braid.Cli.Transfers;
using Braid.Protos.Pfs;

namespace Braid.Cli.Uploads;

/// <summary>Sends what is to be put, as one change of a branch or an open commit.</summary>
internal sealed class Upload(PachClient pach, Commit commit, TransferProgress progress)
{
    public const int MostParallelism = 64;

    /// <summary>More wait for the disk together than there are cores.</summary>
    public static readonly int UsualParallelism = Math.Clamp(Environment.ProcessorCount * 2, 4, 16);

    /// <summary>Files are added to, not replaced.</summary>
    public bool Appends { get; init; }

    public bool Compresses { get; init; }

    public int Parallelism { get; init; } = UsualParallelism;

    public async Task RunAsync(IEnumerable<UploadPart> parts, CancellationToken ct)
    {
        var stream = new UploadStream(Appends, Parallelism, progress);
        var requests = stream.RequestsAsync(parts, ct).Prepend(new ModifyFileRequest { SetCommit = commit });
        await pach.SendAsync(PfsMethods.ModifyFile, requests, Compresses, ct);
    }
}
