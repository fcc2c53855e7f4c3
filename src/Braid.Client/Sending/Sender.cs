using Braid.Client.MLflow;

namespace Braid.Client.Sending;

/// <summary>
/// The one consumer of the outbox:
/// 1. starts the run (or joins the job's own);
/// 2. takes what is queued; while a request is under way more gathers, so that requests grow with the load by themselves;
/// 3. sends points, parameters and tags in batches, uploads in their order;
/// 4. when the outbox is closed and empty, ends the run.
/// </summary>
internal sealed class Sender(RunName name, LoggingOptions options, Outbox outbox)
{
    private readonly TaskCompletionSource<string?> runId = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Batch batch = new();
    private readonly Problems problems = new(options.OnProblem);
    private long undelivered;

    public Task<string?> RunId => runId.Task;

    public long Undelivered => Interlocked.Read(ref undelivered);

    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await DeliverAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            problems.Report(
                $"gave up after {options.FlushTimeout.TotalSeconds:0} s of waiting for {options.TrackingUri}"
            );
        }
        catch (Exception error)
        {
            // Whatever it is: it must not end the training.
            problems.Report(error.Message);
        }

        await DiscardRestAsync();
    }

    private async Task DeliverAsync(CancellationToken ct)
    {
        if (options.TrackingUri is null)
        {
            problems.Report("MLFLOW_TRACKING_URI is not set: nothing is logged (braid env prints what to export)");
            return;
        }

        using var server = new Server(options, problems.Report);
        var run = await RunStart.StartAsync(server, name, options, ct);
        runId.TrySetResult(run.Id);
        while (await outbox.Entries.WaitToReadAsync(ct))
        {
            await DeliverQueuedAsync(run, ct);
        }

        await run.EndAsync(outbox.Failure, options.Clock.GetUtcNow(), ct);
    }

    private async Task DeliverQueuedAsync(RunConnection run, CancellationToken ct)
    {
        // An entry leaves the queue only when it was dealt with: what ends the delivery loses none uncounted.
        while (outbox.Entries.TryPeek(out var entry))
        {
            if (!batch.TryAdd(entry))
            {
                await SendBatchAsync(run, ct);
                if (!batch.TryAdd(entry))
                {
                    await DeliverOneAsync(run, entry, ct);
                }
            }

            outbox.Entries.TryRead(out _);
        }

        await SendBatchAsync(run, ct);
    }

    private async Task SendBatchAsync(RunConnection run, CancellationToken ct)
    {
        foreach (var part in batch.Parts)
        {
            await TryAsync(() => run.LogBatchAsync(part, ct), part.Count);
            part.Clear();
        }
    }

    private Task DeliverOneAsync(RunConnection run, Entry entry, CancellationToken ct)
    {
        switch (entry.Payload)
        {
            case ArtifactUpload upload:
                return TryAsync(() => run.UploadAsync(upload.Path, upload.Folder, ct), 1);
            case ModelUpload model:
                return TryAsync(() => run.RegisterAsync(model, ct), 1);
            default:
                ((TaskCompletionSource)entry.Payload!).TrySetResult(); // a mark
                return Task.CompletedTask;
        }
    }

    /// <summary>What the server refuses, or what cannot be read, is told and passed over: the rest goes on.</summary>
    private async Task TryAsync(Func<Task> deliver, int count)
    {
        try
        {
            await deliver();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or Refusal { IsFinal: false })
        {
            Interlocked.Add(ref undelivered, count);
            problems.Report(error.Message);
        }
    }

    /// <summary>After the end nobody sends any more; whoever waits for a flush is told.</summary>
    private async Task DiscardRestAsync()
    {
        runId.TrySetResult(null);
        Interlocked.Add(ref undelivered, batch.Parts.Sum(part => part.Count));
        while (await outbox.Entries.WaitToReadAsync(CancellationToken.None))
        {
            while (outbox.Entries.TryRead(out var entry))
            {
                Discard(entry);
            }
        }

        if (Undelivered + outbox.Refused is > 0 and var lost)
        {
            options.OnProblem($"{lost} logged values were not delivered");
        }
    }

    private void Discard(in Entry entry)
    {
        if (entry.Payload is TaskCompletionSource mark)
        {
            mark.TrySetResult();
        }
        else
        {
            Interlocked.Increment(ref undelivered);
        }
    }
}
