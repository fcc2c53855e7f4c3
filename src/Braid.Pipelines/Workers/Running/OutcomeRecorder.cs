using System.Threading.Channels;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Workers.Events;
using Braid.Pipelines.Workers.Outputs;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Workers.Running;

/// <summary>
/// Records ended datums of a batch, those that are there together: 1 they are still ours; 2 their output becomes trees, and what of it is
/// TensorBoard's is read; 3 the trees are sealed, all at once; 4 their lines are durable; 5 their results are recorded in one transaction.
/// </summary>
internal sealed class OutcomeRecorder : IAsyncDisposable
{
    private const int most = 128;

    /// <summary>An ended datum waits this long for others that are recorded with it, unless the batch is at its end.</summary>
    private static readonly TimeSpan linger = TimeSpan.FromMilliseconds(200);

    private readonly Channel<EndedDatum> ended = Channel.CreateBounded<EndedDatum>(most);
    private readonly SemaphoreSlim isLast = new(0);
    private readonly WorkerParts parts;
    private readonly Action<DatumTray> putBack;
    private readonly BatchLog log;
    private readonly Task recording;

    /// <param name="putBack">Takes the tray of a datum that is recorded.</param>
    public OutcomeRecorder(WorkerParts parts, Action<DatumTray> putBack, BatchLog log)
    {
        this.parts = parts;
        this.putBack = putBack;
        this.log = log;
        recording = RecordAsync();
    }

    /// <summary>Waits while more are to be recorded than is good; throws what recording threw.</summary>
    public ValueTask AddAsync(EndedDatum datum) => ended.Writer.WriteAsync(datum);

    /// <summary>Returns when all are recorded.</summary>
    public async ValueTask DisposeAsync()
    {
        ended.Writer.TryComplete();
        isLast.Release();
        await recording;
        isLast.Dispose();
    }

    private async Task RecordAsync()
    {
        try
        {
            while (await ended.Reader.WaitToReadAsync())
            {
                if (await isLast.WaitAsync(linger))
                {
                    isLast.Release();
                }

                var some = new List<EndedDatum>();
                while (some.Count < most && ended.Reader.TryRead(out var datum))
                {
                    some.Add(datum);
                }

                await RecordAsync(some);
            }
        }
        catch (Exception error)
        {
            ended.Writer.TryComplete(error);
            throw;
        }
    }

    private async Task RecordAsync(IReadOnlyList<EndedDatum> some)
    {
        using var hold = parts.Content.Hold();
        // 1: while the leases hold, the commits that outputs may be taken over from are there.
        var held = await parts.Leases.HeldAsync([.. some.Select(datum => datum.Lease)], CancellationToken.None);
        var outcomes = new List<(DatumLease Lease, DatumOutcome Outcome)>();
        foreach (var datum in some.Where(datum => held.Contains(datum.Lease.Attempt)))
        {
            outcomes.Add((datum.Lease, await CollectAsync(hold, datum)));
        }

        await SealAsync(hold, outcomes);
        await log.FlushAsync();
        // 5
        await parts.Leases.CompleteAsync(outcomes, CancellationToken.None);
        foreach (var datum in some)
        {
            putBack(datum.Tray);
        }
    }

    // 2
    private async Task<DatumOutcome> CollectAsync(ContentHold hold, EndedDatum datum)
    {
        if (parts.Events is { } reading)
        {
            await new WrittenEvents(reading, datum.Lease, log).TakeAsync(datum.Tray.Output, CancellationToken.None);
        }

        if (datum.State != DatumState.Success)
        {
            return new(datum.State, TreeRoot.Empty, datum.Stats) { Failure = datum.Failure };
        }

        var start = parts.Clock.GetTimestamp();
        var collector = new OutputCollector(hold, datum.Lease, datum.Tray.Paths);
        var collected = await collector.CollectAsync(CancellationToken.None);
        if (!collected.TryGet(out var root, out var error))
        {
            return await RefuseAsync(datum.Lease, new(datum.State, TreeRoot.Empty, datum.Stats), error);
        }

        var size = await parts.Content.StatsAsync(root, CancellationToken.None);
        await log.WorkerAsync(
            datum.Lease,
            $"processed: {datum.Lease.Datum.Reason}; the program {datum.Exit} and wrote {size.Files} files"
        );
        var upload = parts.Clock.GetElapsedTime(start);
        return new(
            DatumState.Success,
            root,
            datum.Stats with
            {
                UploadBytes = collector.BytesRead,
                UploadTime = upload,
            }
        );
    }

    // 3
    private async Task SealAsync(ContentHold hold, List<(DatumLease Lease, DatumOutcome Outcome)> outcomes)
    {
        TreeRoot[] roots = [.. outcomes.Select(one => one.Outcome.Output)];
        if ((await hold.SealAsync(roots, CancellationToken.None)).IsOk)
        {
            return;
        }

        // Something that was taken over is gone: whose it was fails, the others do not.
        for (var at = 0; at < outcomes.Count; at++)
        {
            var (lease, outcome) = outcomes[at];
            if ((await hold.SealAsync(outcome.Output, CancellationToken.None)).Error is { } gone)
            {
                outcomes[at] = (lease, await RefuseAsync(lease, outcome, gone));
            }
        }
    }

    private async Task<DatumOutcome> RefuseAsync(DatumLease lease, DatumOutcome outcome, Error error)
    {
        await log.WorkerAsync(lease, error.Message);
        return outcome with { State = DatumState.Failed, Output = TreeRoot.Empty };
    }
}
