using Braid.Compute.Processes;
using Braid.Metadata;
using Braid.Pipelines.Secrets;
using Braid.Pipelines.Workers.Batching;
using Braid.Pipelines.Workers.Buckets;
using Braid.Pipelines.Workers.Events;
using Braid.Pipelines.Workers.Inputs;
using Braid.Storage;
using RunLogs = Braid.Tracking.Logs.Logs;

namespace Braid.Pipelines.Workers.Running;

/// <summary>What all workers of a server work with.</summary>
internal sealed record WorkerParts(
    Database Database,
    ContentStore Content,
    DatumLeases Leases,
    RunLogs Logs,
    ProcessExecutor Executor,
    InputMaterialiser Materialiser,
    SecretCatalog Secrets,
    DoorEndpoints Doors,
    Func<WorkerDesk, CancellationToken, Task<WorkerDoor>>? OpenDoor,
    BucketDoor Buckets,
    WorkerTroubles Troubles,
    TimeProvider Clock
)
{
    /// <summary>How what programs write for TensorBoard is read; null: it is not.</summary>
    public EventReading? Events { get; init; }

    /// <summary>The GPUs that programs may use.</summary>
    public IReadOnlyList<string> Gpus { get; init; } = [];
}
