using Braid.Metadata;
using Braid.Primitives;
using Braid.Workloads.Keeping;

namespace Braid.Workloads.Queued;

/// <summary>
/// Makes work of what waits in queues, and follows it: 1 reads how it stands; 2 decides, purely; 3 does it. What is new or holds a place is
/// looked at every time; among the many that wait it looks now and then for those that do not any more.
/// </summary>
/// <param name="failed">Told what went wrong with a run that is left out for a while.</param>
internal sealed class QueueLoop(Database database, QueueSteps steps, TimeProvider clock, Action<Exception> failed)
{
    /// <summary>Steps that are taken in one transaction: few enough that an agent that asks does not wait long behind it.</summary>
    private const int atOnce = 20;

    /// <summary>New ones that are looked at in one step.</summary>
    private const int mostNew = 1000;

    /// <summary>Between two looks at all that wait; less than the loop's period, so that they follow each other as its steps do.</summary>
    private static readonly TimeSpan betweenWholes = TimeSpan.FromMilliseconds(900);

    private readonly LeftOut leftOut = new(clock);
    private long? lastWhole;

    /// <returns>True when more are new; what else is noticed next takes time to come.</returns>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        // 1
        var (most, isWhole) = (mostNew + leftOut.Count, IsTimeForAll());
        if (await database.ReadAsync(db => QueueView.ReadAsync(db, most, isWhole), ct) is not { } view)
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

        return view.New.Count >= most && decided.Any(step => step is QueueStep.Admit && !leftOut.Contains(step.Run));
    }

    private bool IsTimeForAll()
    {
        if (lastWhole is { } last && clock.GetElapsedTime(last) < betweenWholes)
        {
            return false;
        }

        lastWhole = clock.GetTimestamp();
        return true;
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
