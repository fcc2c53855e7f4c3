using Braid.Pipelines.Workers.Batching;
using Braid.Primitives;

namespace Braid.Pipelines.Workers.Buckets;

/// <summary>The workers' S3 endpoint, opened when the first job needs it.</summary>
internal sealed class BucketDoor(Func<WorkerBuckets, CancellationToken, Task<WorkerDoor>>? open) : IAsyncDisposable
{
    private readonly SemaphoreSlim opening = new(1, 1);
    private WorkerDoor? door;

    public WorkerBuckets Buckets { get; } = new();

    /// <summary>The port; refused where the server has no such endpoint.</summary>
    public async Task<Result<int>> PortAsync(CancellationToken ct)
    {
        await opening.WaitAsync(ct);
        try
        {
            if (door is null && open is not null)
            {
                door = await open(Buckets, ct);
            }

            return door is null ? Errors.NoBuckets() : door.Port;
        }
        finally
        {
            opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (door is not null)
        {
            await door.Host.DisposeAsync();
        }

        opening.Dispose();
    }
}
