namespace Braid.Pipelines.Workers;

/// <summary>One worker: takes a datum, runs it, takes the next.</summary>
internal sealed class Worker(string name, DatumLeases leases, DatumRunner runner)
{
    /// <summary>True when there was a datum, so there may be another.</summary>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        if (await leases.TakeAsync(name, ct) is not { } lease)
        {
            return false;
        }

        await runner.RunAsync(lease, ct);
        return true;
    }
}
