using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Transfers;
using Braid.Protos.Pfs;

namespace Braid.Cli.Uploads;

/// <summary>
/// Sends what is to be put, as one change of a branch or an open commit. Up to a gigabyte goes in one stream; more goes in
/// segments, of which an interrupted upload sends only those that are missing.
/// </summary>
internal sealed class Upload(
    PachClient pach,
    Func<UploadJournal> openJournal,
    TimeProvider clock,
    TransferProgress progress
)
{
    public const int MostParallelism = 64;

    /// <summary>More wait for the disk together than there are cores.</summary>
    public static readonly int UsualParallelism = Math.Clamp(Environment.ProcessorCount * 2, 4, 16);

    /// <summary>Beyond either, what was sent is worth keeping.</summary>
    private const long longestStream = 1L << 30;
    private const int mostFiles = 256 * 1024;

    /// <summary>Files are added to, not replaced.</summary>
    public bool Appends { get; init; }

    public bool Compresses { get; init; }

    public int Parallelism { get; init; } = UsualParallelism;

    /// <summary>What one stream may hold; tests make it small.</summary>
    public long LongestStream { get; init; } = longestStream;

    public async Task RunAsync(Commit commit, IEnumerable<UploadPart> parts, CancellationToken ct)
    {
        using var rest = parts.GetEnumerator();
        var first = new List<UploadPart>();
        var bytes = 0L;
        while (bytes <= LongestStream && first.Count < mostFiles && rest.MoveNext())
        {
            first.Add(rest.Current);
            bytes += rest.Current is FilePart file ? file.Length : 0;
        }

        if (bytes <= LongestStream && first.Count < mostFiles)
        {
            progress.Expect(first.TrueForAll(part => part is FilePart) ? bytes : 0);
            await SendAsync(commit, first, ct);
            return;
        }

        var segments = new SegmentedUpload(pach, openJournal(), clock, progress)
        {
            Appends = Appends,
            Compresses = Compresses,
            Parallelism = Parallelism,
        };
        var all = first.Concat(Rest(rest));
        await (await segments.IsOfferedAsync(ct) ? segments.RunAsync(commit, all, ct) : SendAsync(commit, all, ct));
    }

    private async Task SendAsync(Commit commit, IEnumerable<UploadPart> parts, CancellationToken ct)
    {
        var stream = new UploadStream(Appends, Parallelism, progress);
        var requests = stream.RequestsAsync(parts, ct).Prepend(new ModifyFileRequest { SetCommit = commit });
        await pach.SendAsync(PfsMethods.ModifyFile, requests, Compresses, ct);
    }

    private static IEnumerable<UploadPart> Rest(IEnumerator<UploadPart> rest)
    {
        while (rest.MoveNext())
        {
            yield return rest.Current;
        }
    }
}
