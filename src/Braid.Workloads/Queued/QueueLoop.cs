using Braid.Metadata;
using Braid.Primitives;
using Braid.Workloads.Keeping;

namespace Braid.Workloads.Queued;

/// <summary>Makes work of what waits in queues, and follows it: 1 reads how it stands; 2 decides, purely; 3 does it.</summary>
/// <param name="failed">Told what went wrong with a run that is left out for a while.</param>
internal sealed class QueueLoop(Database database, QueueSteps steps, TimeProvider clock, Action<Exception> failed)
{
    /// <summary>Steps that are taken in one transaction.</summary>
    private const int atOnce = 100;

    private readonly LeftOut leftOut = new(clock);

    /// <returns>False: what is noticed next takes time to come.</returns>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        // 1
        if (await database.ReadAsync(QueueView.ReadAsync, ct) is not { } view)
        {
            return false;
        }

        // 2
        var decided = QueueDecisions.Decide(view, clock.GetUtcNow());

        // 3
        var seen = view.Works.ToDictionary(state => state.Work.Id);
        foreach (var some in decided.Where(step => !leftOut.Contains(step.Run)).Chunk(atOnce))
        {
            await DoAsync(some, seen, ct);
        }

        return false;
    }

    /// <summary>What throws for many is done one by one, to find out whose fault it is.</summary>
    private async Task DoAsync(
        IReadOnlyList<QueueStep> some,
        IReadOnlyDictionary<RunId, QueuedState> seen,
        CancellationToken ct
    )
    {
        try
        {
            await WriteAsync(some, seen, ct);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            foreach (var step in some)
            {
                await leftOut.TryAsync(step.Run, () => WriteAsync([step], seen, ct), failed);
            }
        }
    }

    private Task WriteAsync(
        IReadOnlyList<QueueStep> some,
        IReadOnlyDictionary<RunId, QueuedState> seen,
        CancellationToken ct
    ) =>
        database.WriteAsync(
            async db =>
            {
                foreach (var step in some)
                {
                    await steps.DoAsync(db, step, seen.GetValueOrDefault(step.Run));
                }
            },
            ct
        );
}
