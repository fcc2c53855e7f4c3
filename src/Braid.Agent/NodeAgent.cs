using Braid.Agent.Attempts;
using Braid.Agent.Protocol;
using Braid.Agent.Serving;
using Braid.Compute.Executors;
using Braid.Primitives;

namespace Braid.Agent;

/// <summary>
/// A machine's agent: 1 it registers the machine, with what still runs there; 2 it asks what is to be done, again and again; 3
/// it starts what is new, ends what is to end, and forgets what is over. It keeps nothing itself: what runs is known by its
/// executor, what is to run by its server.
/// </summary>
public sealed class NodeAgent
{
    private readonly AttemptParts parts;
    private readonly Dictionary<AttemptName, AttemptWatch> watches = [];

    public NodeAgent(AgentOptions options, INodeServer server, IExecutor executor, TimeProvider clock, IdSource ids)
    {
        ClientSettings.Write(options.Folder);
        parts = new(options, ids.Next().ToString(), server, executor, new(clock, options.LongestBackOff), clock);
    }

    /// <summary>Works until it is cancelled, or refused for good; what runs then goes on where its executor can.</summary>
    public async Task<Result<Unit>> RunAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                if ((await RegisterAsync(ct)).Error is { } refused)
                {
                    return refused;
                }

                if (await ServeAsync(ct) is { Kind: not ErrorKind.Conflict } error)
                {
                    return error;
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return Unit.Value;
        }
        finally
        {
            await SettleAsync();
        }
    }

    /// <summary>1</summary>
    private async Task<Result<Unit>> RegisterAsync(CancellationToken ct)
    {
        var found = await parts.Persistence.AskAsync(parts.Executor.FindAsync, ct);
        if (!found.TryGet(out var replicas, out var error))
        {
            return error;
        }

        var running = replicas
            .Where(replica => replica.Exit?.Cause != ReplicaCause.Lost)
            .Select(AttemptSpecs.AttemptOf)
            .OfType<AttemptName>();
        var registration = new NodeRegistration(parts.Options.Node, parts.Epoch, parts.Options.Machine, [.. running]);
        return await parts.Persistence.AskAsync(token => parts.Server.RegisterAsync(registration, token), ct);
    }

    /// <summary>Until the server does not take this for the node's agent any more.</summary>
    private async Task<Error> ServeAsync(CancellationToken ct)
    {
        while (true)
        {
            // 2
            var asked = await parts.Persistence.AskAsync(token => parts.Server.AskAsync(Question(), token), ct);
            if (!asked.TryGet(out var orders, out var error))
            {
                return error;
            }

            // 3
            Follow(orders.Orders, ct);
        }
    }

    private NodeQuestion Question() =>
        new(
            parts.Options.Node,
            parts.Epoch,
            [.. watches.Values.Select(watch => new KnownOrder(watch.Attempt, !watch.IsStopping))],
            parts.Options.Patience.TotalSeconds
        );

    private void Follow(IReadOnlyList<NodeOrder> orders, CancellationToken ct)
    {
        foreach (var (attempt, _) in watches.Where(pair => pair.Value.Ended.IsCompleted).ToList())
        {
            watches.Remove(attempt);
        }

        foreach (var order in orders)
        {
            if (!watches.TryGetValue(order.Attempt, out var watch))
            {
                watches.Add(order.Attempt, AttemptWatch.Start(parts, order, ct));
            }
            else if (order.Program is null)
            {
                watch.Stop();
            }
        }

        var wanted = orders.Select(order => order.Attempt).ToHashSet();
        foreach (var watch in watches.Values.Where(watch => !wanted.Contains(watch.Attempt)))
        {
            watch.Abandon();
        }
    }

    private async Task SettleAsync()
    {
        foreach (var watch in watches.Values)
        {
            await watch.Ended.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        watches.Clear();
    }
}
