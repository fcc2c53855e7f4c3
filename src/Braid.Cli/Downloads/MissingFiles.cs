using Braid.Cli.Transfers;
using Braid.Protos.Pfs;
using FileInfo = Braid.Protos.Pfs.FileInfo;

namespace Braid.Cli.Downloads;

/// <summary>What is to be fetched.</summary>
/// <param name="Alone">Large files, interrupted ones, and those without neighbours.</param>
/// <param name="Together">Ranges of small files that follow each other in the listing.</param>
internal sealed record FilesToGet(List<FileInfo> Alone, List<PathRange> Together);

/// <summary>
/// Compares a listing with what is on disk, by size and then by the hash of the content. Only what is missing is remembered,
/// and of neighbours only the first and the last.
/// </summary>
internal sealed class MissingFiles(TreeWriter target, Func<string, string> relative, TransferProgress progress)
{
    private const int batchFiles = 256;
    private const long largeBytes = 8 * 1024 * 1024;

    /// <summary>Fewer neighbours than this are fetched one by one.</summary>
    private const int fewest = 16;

    private static readonly int readers = Math.Clamp(Environment.ProcessorCount, 2, 8);

    private readonly FilesToGet found = new([], []);
    private readonly List<FileInfo> neighbours = [];
    private string first = "";
    private string last = "";
    private int together;

    public async Task<FilesToGet> FindAsync(IAsyncEnumerable<FileInfo> listing, CancellationToken ct)
    {
        var ahead = new Queue<Task<List<(FileInfo, bool)>>>();
        await foreach (var batch in listing.Chunk(batchFiles).WithCancellation(ct))
        {
            ahead.Enqueue(Task.Run(() => Compare(batch), ct));
            if (ahead.Count == readers)
            {
                Note(await ahead.Dequeue());
            }
        }

        while (ahead.TryDequeue(out var rest))
        {
            Note(await rest);
        }

        EndRun();
        return found;
    }

    private List<(FileInfo File, bool IsThere)> Compare(FileInfo[] batch) =>
        [.. batch.Select(file => (file, ContentHash.Matches(PathOf(file), file.SizeBytes, file.Hash.Span)))];

    private void Note(List<(FileInfo File, bool IsThere)> batch)
    {
        foreach (var (file, isThere) in batch)
        {
            if (isThere)
            {
                progress.Skip(1, file.SizeBytes);
                EndRun();
            }
            else if (IsForItself(file))
            {
                found.Alone.Add(file);
                EndRun();
            }
            else
            {
                AddToRun(file);
            }
        }
    }

    /// <summary>Large, or interrupted, or with a name that text and bytes put into different orders.</summary>
    private bool IsForItself(FileInfo file) =>
        file.SizeBytes >= largeBytes
        || file.File.Path.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0
        || System.IO.File.Exists(PartFile.Of(PathOf(file)));

    private void AddToRun(FileInfo file)
    {
        if (together++ == 0)
        {
            first = file.File.Path;
        }

        last = file.File.Path;
        if (together < fewest)
        {
            neighbours.Add(file);
        }
    }

    private void EndRun()
    {
        if (together < fewest)
        {
            found.Alone.AddRange(neighbours);
        }
        else
        {
            // The upper end is the first path after the last one.
            found.Together.Add(new() { Lower = first, Upper = last + '\u0001' });
        }

        neighbours.Clear();
        together = 0;
    }

    private string PathOf(FileInfo file) => target.Place(relative(file.File.Path));
}
