using Braid.Agent.Attempts;
using Braid.Agent.Protocol;
using Braid.Agent.Serving;
using Braid.Compute.Executors;
using Braid.Primitives;

namespace Braid.Agent;

/// <summary>
/// A machine's agent: 1 it registers the machine, with what still runs there; 2 it asks what is to be done, again and again; 3
/// it starts what is new, ends what is to end, and forgets what is over, also what an agent before it left behind, or an attempt that
/// went wrong. It keeps nothing itself: what runs is known by its executor, what is to run by its server.
/// </summary>
public sealed class NodeAgent
{
    private readonly AgentIdentity identity;
    private readonly AttemptParts parts;
    private readonly Idleness idleness;
    private readonly Dictionary<AttemptName, AttemptWatch> watches = [];

    public NodeAgent(AgentOptions options, INodeServer server, IExecutor executor, TimeProvider clock, IdSource ids)
    {
        ClientSettings.Write(options.Folder);
        identity = AgentIdentity.Next(options.Folder, ids);
        parts = new(options, ids.Next().ToString(), server, executor, new(clock, options.LongestBackOff), clock);
        idleness = new(parts);
    }

    /// <summary>Works until it is cancelled, or refused for good; what runs then goes on where its executor can.</summary>
    public async Task<Result<Unit>> RunAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                if (!(await RegisterAsync(ct)).TryGet(out var found, out var refused))
                {
                    return refused;
                }

                if (await ServeAsync(found, ct) is { Kind: not ErrorKind.Conflict } error)
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
    /// <returns>What is here.</returns>
    private async Task<Result<IReadOnlyList<Replica>>> RegisterAsync(CancellationToken ct)
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
        var registration = new NodeRegistration(
            parts.Options.Node,
            identity.Agent,
            parts.Epoch,
            parts.Options.Machine,
            [.. running]
        )
        {
            Start = identity.Start,
        };
        var registered = await parts.Persistence.AskAsync(token => parts.Server.RegisterAsync(registration, token), ct);
        return registered.Then(_ => found);
    }

    /// <summary>Until the server does not take this for the node's agent any more.</summary>
    private async Task<Error> ServeAsync(IReadOnlyList<Replica> found, CancellationToken ct)
    {
        while (true)
        {
            // 2
            await idleness.LookAsync(watches.Values, ct);
            var ended = watches.Values.Where(watch => watch.Ended.IsCompleted).ToList();
            var asked = await parts.Persistence.AskAsync(token => parts.Server.AskAsync(Question(), token), ct);
            if (!asked.TryGet(out var orders, out var error))
            {
                return error;
            }

            // 3
            if (!Follow(orders.Orders, ended, ct))
            {
                found = await FindAsync(ct);
            }

            await ForgetAsync(found, ct);
            found = [];
        }
    }

    private async Task<IReadOnlyList<Replica>> FindAsync(CancellationToken ct) =>
        (await parts.Persistence.AskAsync(parts.Executor.FindAsync, ct)).TryGet(out var found, out _) ? found : [];

    private NodeQuestion Question() =>
        new(
            parts.Options.Node,
            parts.Epoch,
            [
                .. watches
                    .Values.Where(watch => !watch.IsOver)
                    .Select(watch => new KnownOrder(watch.Attempt, !watch.IsStopping)),
            ],
            parts.Options.Patience.TotalSeconds
        )
        {
            Idle = idleness.Idle(),
        };

    /// <param name="ended">
    /// Had ended when the server was asked. Of those that ended since, the answer may not know yet: they would be begun a second time.
    /// </param>
    /// <returns>False when something may be left of attempts that nobody watches any more.</returns>
    private bool Follow(IReadOnlyList<NodeOrder> orders, List<AttemptWatch> ended, CancellationToken ct)
    {
        ended.ForEach(watch => watches.Remove(watch.Attempt));
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

        return ended.All(watch => watch.IsForgotten);
    }

    /// <summary>What was here already, and is nobody's any more.</summary>
    private async Task ForgetAsync(IReadOnlyList<Replica> found, CancellationToken ct)
    {
        foreach (var replica in found)
        {
            if (AttemptSpecs.AttemptOf(replica) is not { } attempt || !watches.ContainsKey(attempt))
            {
                await parts.Persistence.AskAsync(token => parts.Executor.RemoveAsync(replica.Id, token), ct);
                if (AttemptSpecs.AttemptOf(replica) is { } over)
                {
                    AttemptFiles.Remove(parts.Options.Folder, over);
                    OutputFolder.Remove(parts.Options.Folder, over);
                }
            }
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
