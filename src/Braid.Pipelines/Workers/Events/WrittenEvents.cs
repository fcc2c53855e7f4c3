using Braid.Compute.Files;
using Braid.Pipelines.Workers.Running;

namespace Braid.Pipelines.Workers.Events;

/// <summary>The event files that one attempt at a datum leaves below <c>/pfs/out</c>, read into the job's run as they grow.</summary>
internal sealed class WrittenEvents(EventReading reading, DatumLease lease, BatchLog log)
{
    private readonly Dictionary<string, (long Length, long Next)> taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> refused = new(StringComparer.Ordinal);

    /// <summary>Reads what is new in a folder; links are not followed.</summary>
    public async Task TakeAsync(string folder, CancellationToken ct)
    {
        foreach (var path in FolderFiles.Find(folder, reading.IsEventFile))
        {
            await using var file = FolderRoot.OpenRegular(folder, path);
            if (file is not null)
            {
                await TakeAsync(path, file, ct);
            }
        }
    }

    private async Task TakeAsync(string path, FileStream file, CancellationToken ct)
    {
        var length = file.Length;
        var (before, next) = taken.GetValueOrDefault(path);
        if (length == before)
        {
            return;
        }

        next = length < before ? 0 : next; // another file
        file.Position = next;
        var part = new EventPart(lease.Caller, lease.Job.RunId, path, next, file);
        if ((await reading.TakeAsync(part, ct)).TryGet(out var wanted, out var error))
        {
            taken[path] = (length, wanted);
        }
        else if (refused.Add(path))
        {
            await log.WorkerAsync(lease, $"/pfs/out/{path} is not read as TensorBoard's: {error.Message}");
        }
    }
}
