using Braid.Agent.Protocol;
using Braid.Agent.Serving;
using Braid.Compute.Executors;
using Braid.Primitives;

namespace Braid.Agent.Attempts;

/// <summary>
/// One attempt on this machine: 1 it is started, unless it runs already; 2 the server learns that; 3 its lines are sent as they
/// come; 4 when it has ended and all its lines are sent, the server learns how; 5 then the machine forgets it. The executor keeps
/// the lines, so nothing is lost while the server is away. An attempt that is over is ended and forgotten.
/// </summary>
internal sealed class AttemptWatch
{
    /// <summary>As a shell says that it could not run a program.</summary>
    private const int notStarted = 126;

    private static readonly TimeSpan afterFault = TimeSpan.FromSeconds(1);

    private readonly AttemptParts parts;
    private readonly NodeOrder order;
    private readonly CancellationTokenSource stop = new();
    private ReplicaId? replica;
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AttemptWatch(AttemptParts parts, NodeOrder order, CancellationToken ct)
    {
        this.parts = parts;
        this.order = order;
        Ended = RunAsync(ct);
    }

    public AttemptName Attempt => order.Attempt;

    /// <summary>Somebody asked it to end.</summary>
    public bool IsStopping => order.Program is null || asked.Task.IsCompleted;

    /// <summary>Completes when nothing of it is here any more, and the server knows what is to be known.</summary>
    public Task Ended { get; }

    public static AttemptWatch Start(AttemptParts parts, NodeOrder order, CancellationToken ct) =>
        new(parts, order, ct);

    /// <summary>Asks the program to end, and makes it when it does not.</summary>
    public void Stop() => asked.TrySetResult();

    /// <summary>The server wants nothing of it: it ends at once.</summary>
    public void Abandon() => stop.Cancel();

    private async Task RunAsync(CancellationToken ct)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, stop.Token);
        try
        {
            await WorkAsync(either.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            // It is over: what is left is to forget it.
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The order stands, so it is taken up again.
            parts.Options.Warn($"{Attempt.Replica}: {error.Message}");
            await Task.Delay(afterFault, parts.Clock, ct);
            return;
        }

        if (replica is { } id && !ct.IsCancellationRequested)
        {
            // 5
            await parts.Persistence.AskAsync(token => parts.Executor.RemoveAsync(id, token), ct);
            AttemptFiles.Remove(parts.Options.Folder, Attempt);
        }
    }

    private async Task WorkAsync(CancellationToken ct)
    {
        // 1
        var begun = order.Program is { } program ? await StartAsync(program, ct) : await FindAsync(ct);
        if (!begun.TryGet(out var started, out var refused))
        {
            var unknown = order.Program is null ? AttemptNewsKind.Lost : AttemptNewsKind.Ended;
            await TellAsync(unknown, parts.Clock.GetUtcNow(), notStarted, refused.Message, ct);
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
        asked.TrySetResult();
        await stopping;
        var kind = exit.Cause == ReplicaCause.Lost ? AttemptNewsKind.Lost : AttemptNewsKind.Ended;
        await TellAsync(kind, exit.EndedAt, exit.Code, exit.Words, ct);
    }

    private async Task TellAsync(AttemptNewsKind kind, DateTimeOffset at, int code, string words, CancellationToken ct)
    {
        var news = new AttemptNews(Attempt, kind, at, code, words);
        var told = await parts.TellAsync(news, ct);
        if (told.IsOk && told.Value.Over.Contains(Attempt))
        {
            await stop.CancelAsync();
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
        await asked.Task.WaitAsync(ct);
        await parts.Persistence.AskAsync(token => parts.Executor.StopAsync(id, token), ct);
    }
}
