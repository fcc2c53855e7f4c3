using Braid.Agent.Protocol;
using Braid.Compute.Executors;
using Braid.Primitives;

namespace Braid.Agent.Attempts;

/// <summary>
/// One attempt on this machine: 1 it is started, unless it runs already; 2 the server learns that; 3 its lines are sent as they
/// come; 4 when it has ended and all its lines are sent, the server learns how; 5 then the machine forgets it. The executor keeps
/// the lines, so nothing is lost while the server is away. An attempt that is over is ended and forgotten. What goes wrong
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
    private ReplicaId? replica;
    private volatile bool isTold;

    private AttemptWatch(AttemptParts parts, NodeOrder order, CancellationToken ct)
    {
        this.parts = parts;
        this.order = order;
        Ended = RunAsync(ct);
    }

    public AttemptName Attempt => order.Attempt;

    /// <summary>The server said that it is to end.</summary>
    public bool IsStopping => order.Program is null || asked.Task.IsCompleted;

    /// <summary>The server has no order for it any more.</summary>
    public bool IsOver => isTold || abandoned.IsCancellationRequested;

    /// <summary>Completes when nothing of it is here any more, or when it is to be taken up again.</summary>
    public Task Ended { get; }

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
        var begun = order.Program is { } program ? await StartAsync(program, ct) : await FindAsync(ct);
        if (!begun.TryGet(out var started, out var refused))
        {
            var kind = order.Program is null ? AttemptNewsKind.Lost : AttemptNewsKind.Ended;
            await TellAsync(kind, parts.Clock.GetUtcNow(), notStarted, refused.Message, ct);
            return;
        }

        replica = started.Id;
        var stopping = StopWhenAskedAsync(started.Id, ct);

        // 2
        await TellAsync(AttemptNewsKind.Started, started.StartedAt, 0, "", ct);

        // 3
        await new LineShipping(parts, Attempt).ShipAsync(started.Id, order.Lines, ct);

        // 4
        var exit = await parts.Executor.WaitAsync(started.Id, ct);
        await TellAsync(KindOf(exit.Cause), exit.EndedAt, exit.Code, exit.Words, ct);
        isTold = true;
        asked.TrySetResult();
        await stopping;
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
        if (replica is { } id)
        {
            await parts.Persistence.AskAsync(token => parts.Executor.RemoveAsync(id, token), ct);
        }

        AttemptFiles.Remove(parts.Options.Folder, Attempt);
    }
}
