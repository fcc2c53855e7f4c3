using Braid.Agent.Protocol;
using Braid.Compute.Executors;
using Braid.Primitives;

namespace Braid.Agent.Attempts;

/// <summary>
/// One attempt on this machine: 1 it is started, unless it runs already; 2 the server learns that; 3 its lines are sent as they
/// come, and beside them what it uses and what it leaves; 4 when it has ended and all is sent that the server takes, it learns how, and the
/// place is free; 5 then the machine forgets it. The executor keeps the lines, so nothing is lost while the server is away. An attempt that is over is ended and forgotten. What goes wrong
/// leaves it as it is: its order stands, and is taken up again.
/// </summary>
internal sealed class AttemptWatch
{
    /// <summary>As a shell says that it could not run a program.</summary>
    private const int notStarted = 126;

    private static readonly TimeSpan afterFault = TimeSpan.FromSeconds(1);

    private readonly AttemptParts parts;
    private readonly NodeOrder order;
    private readonly CancellationTokenSource abandoned = new();
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Replica? started;
    private volatile bool hasEnded;
    private volatile bool isTold;

    private AttemptWatch(AttemptParts parts, NodeOrder order, CancellationToken ct)
    {
        this.parts = parts;
        this.order = order;
        Ended = RunAsync(ct);
    }

    public AttemptName Attempt => order.Attempt;

    /// <summary>What runs; null until it is started, and when it has ended: who waits for its files to be sent is not idle.</summary>
    public ReplicaId? Running => hasEnded ? null : started?.Id;

    /// <summary>The ids of the devices that it has.</summary>
    public IReadOnlyList<string> Gpus => AttemptSpecs.DevicesOf(order, parts.Options.Machine);

    /// <summary>The server said that it is to end.</summary>
    public bool IsStopping => order.Program is null || asked.Task.IsCompleted;

    /// <summary>The server has no order for it any more.</summary>
    public bool IsOver => isTold || abandoned.IsCancellationRequested;

    /// <summary>Completes when nothing of it is here any more, or when it is to be taken up again.</summary>
    public Task Ended { get; }

    /// <summary>Once it has ended: the machine has forgotten it. Else something of it may be here still.</summary>
    public bool IsForgotten { get; private set; }

    public static AttemptWatch Start(AttemptParts parts, NodeOrder order, CancellationToken ct) =>
        new(parts, order, ct);

    /// <summary>Asks the program to end, and makes it when it does not.</summary>
    public void Stop() => asked.TrySetResult();

    /// <summary>The server wants nothing of it: it ends at once.</summary>
    public void Abandon() => abandoned.Cancel();

    private async Task RunAsync(CancellationToken ct)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await WorkAsync(ct);
            // 5
            await ForgetAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The agent ends; the next one finds what its executor keeps.
        }
        catch (Exception error)
        {
            parts.Options.Warn($"{Attempt.Replica}: {error.Message}");
            await Task.Delay(afterFault, parts.Clock, ct).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>Returns when the machine may forget it.</summary>
    private async Task WorkAsync(CancellationToken ct)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(ct, abandoned.Token);
        try
        {
            await WorkUntilAsync(until.Token);
        }
        catch (OperationCanceledException) when (abandoned.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            // It is over.
        }
        finally
        {
            await until.CancelAsync();
        }
    }

    private async Task WorkUntilAsync(CancellationToken ct)
    {
        // 1
        var found = order.Program is { } program ? await StartAsync(program, ct) : await FindAsync(ct);
        if (!found.TryGet(out var here, out var refused))
        {
            var kind = order.Program is null ? AttemptNewsKind.Lost : AttemptNewsKind.Ended;
            await TellAsync(kind, parts.Clock.GetUtcNow(), notStarted, refused.Message, ct);
            return;
        }

        started = here;
        var stopping = StopWhenAskedAsync(here.Id, ct);

        // 2
        await TellAsync(AttemptNewsKind.Started, here.StartedAt, 0, string.Join("; ", here.Remarks), ct);

        // 3
        var output = new OutputShipping(parts, Attempt);
        await BesideAsync(
            until => new UsageShipping(parts, Attempt).FollowAsync(here, until),
            output.FollowAsync,
            () => new LineShipping(parts, Attempt).ShipAsync(here.Id, order.Lines, ct),
            ct
        );

        // 4
        var exit = await parts.Executor.WaitAsync(here.Id, ct);
        hasEnded = true;
        var lost = await output.FinishAsync(ct);
        await TellAsync(
            KindOf(exit.Cause),
            exit.EndedAt,
            exit.Code,
            lost.Length == 0 ? exit.Words : $"{exit.Words}; {lost}",
            ct
        );
        isTold = true;
        asked.TrySetResult();
        await stopping;
    }

    /// <summary>Does the first two while the third goes on; what goes wrong with them is told, and the attempt goes on without.</summary>
    private async Task BesideAsync(
        Func<CancellationToken, Task> first,
        Func<CancellationToken, Task> second,
        Func<Task> third,
        CancellationToken ct
    )
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var both = Task.WhenAll(TryAsync(first, ended.Token), TryAsync(second, ended.Token));
        try
        {
            await third();
        }
        finally
        {
            await ended.CancelAsync();
            await both;
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> follow, CancellationToken ended)
    {
        try
        {
            await follow(ended);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // It has ended.
        }
        catch (Exception error)
        {
            parts.Options.Warn($"{Attempt.Replica}: {error.Message}");
        }
    }

    private static AttemptNewsKind KindOf(ReplicaCause cause) =>
        cause switch
        {
            ReplicaCause.Lost => AttemptNewsKind.Lost,
            ReplicaCause.Stopped => AttemptNewsKind.Stopped,
            _ => AttemptNewsKind.Ended,
        };

    private async Task TellAsync(AttemptNewsKind kind, DateTimeOffset at, int code, string words, CancellationToken ct)
    {
        var news = new AttemptNews(Attempt, kind, at, code, words);
        if (!(await parts.TellAsync(news, ct)).TryGet(out var told, out var refused))
        {
            throw new InvalidOperationException(refused.Message);
        }

        if (told.Over.Contains(Attempt))
        {
            await abandoned.CancelAsync();
            ct.ThrowIfCancellationRequested();
        }
    }

    private Task<Result<Replica>> StartAsync(NodeProgram program, CancellationToken ct)
    {
        AttemptFiles.Write(parts.Options.Folder, Attempt, program.Files);
        OutputFolder.Make(parts.Options.Folder, Attempt);
        var spec = AttemptSpecs.Of(order, program, parts.Options);
        return parts.Persistence.AskAsync(token => parts.Executor.StartAsync(spec, token), ct);
    }

    /// <summary>An attempt that is to end, of which this process of the agent knows nothing yet.</summary>
    private async Task<Result<Replica>> FindAsync(CancellationToken ct)
    {
        asked.TrySetResult();
        var found = await parts.Persistence.AskAsync(parts.Executor.FindAsync, ct);
        return found.Then(replicas =>
            replicas.FirstOrDefault(one => AttemptSpecs.AttemptOf(one) == Attempt) is { } mine
                ? mine
                : (Result<Replica>)Errors.NotRunning(Attempt.Replica)
        );
    }

    private async Task StopWhenAskedAsync(ReplicaId id, CancellationToken ct)
    {
        await asked.Task.WaitAsync(ct).ContinueWith(_ => { }, TaskScheduler.Default);
        if (!isTold && !ct.IsCancellationRequested)
        {
            await parts.Persistence.AskAsync(token => parts.Executor.StopAsync(id, token), ct);
        }
    }

    private async Task ForgetAsync(CancellationToken ct)
    {
        if (started is { } here)
        {
            await parts.Persistence.AskAsync(token => parts.Executor.RemoveAsync(here.Id, token), ct);
            IsForgotten = true;
        }

        AttemptFiles.Remove(parts.Options.Folder, Attempt);
        OutputFolder.Remove(parts.Options.Folder, Attempt);
    }
}
