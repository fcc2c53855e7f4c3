namespace Braid.Pipelines.Workers.Gangs;

/// <summary>
/// Who has machines for distributed jobs. Pipelines ask; they know neither how such jobs are placed nor what runs them (docs/adr/0020).
/// </summary>
public interface IGangs
{
    /// <summary>Ends what a server that is gone had asked for.</summary>
    Task StopAllAsync(CancellationToken ct);

    /// <summary>Runs a distributed job to its end, and returns when nothing of it runs any more.</summary>
    /// <param name="waiting">Told why the job waits for machines; null when it does not.</param>
    /// <param name="unwanted">Nobody wants the result any more: the job is stopped.</param>
    /// <param name="ct">The server stops: the job is told to stop, and nobody waits for it.</param>
    Task<GangEnd> RunAsync(GangOrder order, Action<string?> waiting, CancellationToken unwanted, CancellationToken ct);
}
