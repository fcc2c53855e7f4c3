namespace Braid.Pipelines.Specs;

/// <summary>What a worker needs of a machine.</summary>
public sealed record WorkerNeeds(long CpuMillicores, long MemoryBytes, int Gpus)
{
    private const double thousand = 1000;

    /// <summary>What was asked for; a limit stands for a request that was not said. Null: nothing in particular.</summary>
    public static WorkerNeeds? Of(Resources? requests, Resources? limits)
    {
        var cpu = requests is { Cpu: > 0 } ? requests.Cpu : limits?.Cpu ?? 0;
        var needs = new WorkerNeeds(
            (long)Math.Ceiling(cpu * thousand),
            requests?.MemoryBytes ?? limits?.MemoryBytes ?? 0,
            (int)Math.Max(requests?.Gpus ?? 0, limits?.Gpus ?? 0)
        );
        return needs is { CpuMillicores: 0, MemoryBytes: 0, Gpus: 0 } ? null : needs;
    }
}
