using System.Collections.Frozen;
using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Logs;
using Braid.Tracking.Queues;
using Braid.Workloads.Keeping;
using Braid.Workloads.Kinds;
using Braid.Workloads.Nodes;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Desks;

/// <summary>
/// Where agents come for work: 1 an agent registers its machine, and says what of ours runs there still; 2 it asks what is to
/// run, again and again, which is also its sign of life; 3 it reports what became of it, and what it wrote. Everything names an
/// attempt; one that is over is refused, whoever still runs it. Every call may be repeated.
/// </summary>
public sealed class NodeDesk
{
    private const string unreadable = "its spec cannot be read";

    private static readonly TimeSpan longestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan graceOfUnreadable = TimeSpan.FromSeconds(30);

    private readonly Database database;
    private readonly Works works;
    private readonly WorkKeeper keeper;
    private readonly Logs logs;
    private readonly PlacedQueues queues;
    private readonly Authenticator authenticator;
    private readonly TimeProvider clock;

    internal NodeDesk(
        Database database,
        Works works,
        WorkKeeper keeper,
        Logs logs,
        PlacedQueues queues,
        Authenticator authenticator,
        TimeProvider clock
    )
    {
        this.database = database;
        this.works = works;
        this.keeper = keeper;
        this.logs = logs;
        this.queues = queues;
        this.authenticator = authenticator;
        this.clock = clock;
    }

    /// <summary>Takes a machine in, or takes it over for an agent's new process.</summary>
    /// <param name="agent">Which agent, whatever its process: two of one name would take each other's work.</param>
    /// <param name="epoch">Of the agent's process: unlike every other.</param>
    /// <param name="start">Counts the agent's processes: an earlier one's registration that arrives late is not taken.</param>
    /// <param name="running">What the machine still runs, or knows the end of; everything else that it was to run is lost.</param>
    public Task<Result<Unit>> RegisterAsync(
        Caller caller,
        string node,
        string agent,
        string epoch,
        long start,
        Machine machine,
        IReadOnlySet<AttemptId> running,
        CancellationToken ct
    ) =>
        WriteAsync(
            caller,
            async db =>
            {
                var now = clock.GetUtcNow();
                var known = await NodeRow.FindAsync(db, node);
                if (known is not null && known.Agent != agent && known.IsAlive(now))
                {
                    return Errors.NodeTaken(node);
                }

                if (known?.Agent == agent && start < known.Start)
                {
                    return Errors.UnknownAgent(node);
                }

                foreach (var queue in machine.Queues)
                {
                    await queues.EnsureAsync(db, caller, queue);
                }

                var isKnown = known?.Epoch == epoch;
                await NodeRow.RegisterAsync(db, node, agent, epoch, start, machine, now);
                foreach (var replica in isKnown ? [] : await ReplicaRow.OnAsync(db, node))
                {
                    if (!running.Contains(IdOf(replica)))
                    {
                        await LoseAsync(db, replica, $"the agent of {node} was started anew");
                    }
                }

                db.Announce(Topics.Placement);
                return (Result<Unit>)Unit.Value;
            },
            ct
        );

    /// <summary>
    /// All that is to be done on a node. Answers when it differs from what the agent knows, and after a while in any case.
    /// </summary>
    /// <param name="known">The orders that the agent has: attempts, and whether each is to run.</param>
    /// <param name="idle">Attempts that do nothing, and for how long; all others work.</param>
    public async Task<Result<IReadOnlyList<WorkOrder>>> AskAsync(
        Caller caller,
        string node,
        string epoch,
        IReadOnlyDictionary<AttemptId, bool> known,
        IReadOnlyDictionary<AttemptId, TimeSpan> idle,
        TimeSpan wait,
        CancellationToken ct
    )
    {
        using var watch = database.Changes.Watch(Topics.Node(node));
        using var patience = new CancellationTokenSource(wait < longestWait ? wait : longestWait, clock);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        while (true)
        {
            if ((await SeeAsync(caller, node, epoch, idle, ct)).Error is { } refused)
            {
                return refused;
            }

            var orders = await OrdersAsync(node, ct);
            if (wait <= TimeSpan.Zero || patience.IsCancellationRequested || !IsKnown(orders, known))
            {
                return Result.Ok(orders);
            }

            await watch.NextAsync(Timeout.InfiniteTimeSpan, until.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            ct.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Takes what happened to attempts; the answer names those that are over, whose reports were not taken.</summary>
    public Task<Result<IReadOnlyList<AttemptId>>> ReportAsync(
        Caller caller,
        string node,
        string epoch,
        IReadOnlyList<AttemptReport> reports,
        CancellationToken ct
    ) =>
        AsAgentAsync(
            caller,
            node,
            epoch,
            async db =>
            {
                var over = new List<AttemptId>();
                foreach (var report in reports)
                {
                    if (await FindAsync(db, node, report.Attempt) is not { } replica)
                    {
                        over.Add(report.Attempt);
                    }
                    else
                    {
                        await TakeAsync(db, replica, report);
                    }
                }

                return Result.Ok<IReadOnlyList<AttemptId>>(over);
            },
            ct
        );

    /// <summary>Takes lines of an attempt; those that are there already are not taken twice.</summary>
    /// <param name="first">How many lines of the attempt come before these.</param>
    /// <returns>How many lines of the attempt are kept now: where to go on.</returns>
    public Task<Result<long>> AppendAsync(
        Caller caller,
        string node,
        string epoch,
        AttemptId attempt,
        long first,
        IReadOnlyList<AttemptLine> lines,
        CancellationToken ct
    ) =>
        AsAgentAsync<long>(
            caller,
            node,
            epoch,
            async db =>
            {
                if (await FindAsync(db, node, attempt) is not { } replica)
                {
                    return Errors.Fenced(attempt.Replica, attempt.Fence);
                }

                var known = (int)Math.Clamp(replica.Lines - first, 0, lines.Count);
                if (first > replica.Lines || known == lines.Count)
                {
                    return replica.Lines;
                }

                await logs.AppendForJobAsync(
                    db,
                    await WorkloadRow.RunOfAsync(db, attempt.Workload),
                    [.. lines.Skip(known).Select(line => ToLogLine(line, attempt.Replica))]
                );
                var now = replica with { Lines = first + lines.Count };
                await ReplicaRow.UpdateAsync(db, now);
                return now.Lines;
            },
            ct
        );

    /// <summary>As whom what an attempt leaves is written; one that is over leaves nothing.</summary>
    public Task<Result<AttemptWriter>> WriterOfAsync(
        Caller caller,
        string node,
        string epoch,
        AttemptId attempt,
        CancellationToken ct
    ) =>
        database.ReadAsync<Result<AttemptWriter>>(
            async db =>
            {
                if (caller.MayAdminister() is { } refused)
                {
                    return refused;
                }

                if ((await NodeRow.FindAsync(db, node))?.Epoch != epoch)
                {
                    return Errors.UnknownAgent(node);
                }

                if (
                    await FindAsync(db, node, attempt) is not { } replica
                    || await WorkloadRow.FindAsync(db, attempt.Workload) is not { } workload
                )
                {
                    return Errors.Fenced(attempt.Replica, attempt.Fence);
                }

                var peers = await ReplicaRow.OfAsync(db, workload.Id);
                return new AttemptWriter(
                    new Caller.Job(workload.RunId, workload.ProjectId, replica.Attempt, FrozenSet<string>.Empty),
                    workload.RunId,
                    workload.IsPart || peers.Count > 1 ? $"{replica.Name}/" : ""
                );
            },
            ct
        );

    /// <summary>A replica's attempt was lost with its node or its agent: it waits for another place.</summary>
    internal async Task LoseAsync(DbWrite db, ReplicaRow replica, string why)
    {
        var now = clock.GetUtcNow();
        await authenticator.RevokeAttemptAsync(db, replica.Attempt);
        await WorkloadEvents.AddAsync(db, replica.WorkloadId, now, "Lost", $"{replica.Name}: {why}");
        await Releasing.EndAsync(
            db,
            replica.ReadState() == ReplicaState.Releasing
                ? replica
                : replica with
                {
                    Release = ReleaseReason.Preempted,
                },
            now
        );
        if (
            await WorkloadRow.FindAsync(db, replica.WorkloadId) is { Ended: null } row
            && works.Find(row) is { IsLockstep: true }
        )
        {
            await StopPeersAsync(db, replica);
        }

        await KeepAsync(db, replica.WorkloadId);
    }

    /// <summary>They begin again with the one that was lost.</summary>
    private static async Task StopPeersAsync(DbWrite db, ReplicaRow lost)
    {
        foreach (var peer in await ReplicaRow.OfAsync(db, lost.WorkloadId))
        {
            if (peer.Name != lost.Name && Releasing.IsHeld(peer))
            {
                await Releasing.BeginAsync(db, peer, ReleaseReason.Preempted, $"its peer {lost.Name} was lost");
            }
        }
    }

    private async Task TakeAsync(DbWrite db, ReplicaRow replica, AttemptReport report)
    {
        switch (report)
        {
            case AttemptReport.Started started when replica.ReadState() == ReplicaState.Bound:
                await ReplicaRow.UpdateAsync(
                    db,
                    replica with
                    {
                        State = ReplicaRow.ToText(ReplicaState.Running),
                        Started = Since(replica, started.At),
                    }
                );
                await RemarkAsync(db, replica, started.Words);
                break;
            case AttemptReport.Ended ended:
                await EndAsync(db, replica, ended);
                break;
            case AttemptReport.Lost lost:
                await LoseAsync(db, replica, lost.Words);
                db.Announce(Topics.Placement);
                return;
            default:
                return;
        }

        await KeepAsync(db, replica.WorkloadId);
    }

    private async Task RemarkAsync(DbWrite db, ReplicaRow replica, string words)
    {
        if (words.Length > 0)
        {
            var run = await WorkloadRow.RunOfAsync(db, replica.WorkloadId);
            await logs.AppendForJobAsync(db, run, $"{replica.Name}: {words}");
        }
    }

    private async Task EndAsync(DbWrite db, ReplicaRow replica, AttemptReport.Ended ended)
    {
        var at = Since(replica, ended.At);
        await authenticator.RevokeAttemptAsync(db, replica.Attempt);
        db.Announce(Topics.Placement);
        db.Announce(Topics.Node(replica.Node ?? ""));
        db.Announce(Topics.Workload(replica.WorkloadId));
        // One that ended well by itself, though it was to be stopped, has done its work.
        if (replica.ReadState() == ReplicaState.Releasing && (ended.WasStopped || ended.Code != 0))
        {
            await Releasing.EndAsync(db, replica, at);
            return;
        }

        var state = ended.Code == 0 ? ReplicaState.Succeeded : ReplicaState.Failed;
        await ReplicaRow.UpdateAsync(
            db,
            replica with
            {
                State = ReplicaRow.ToText(state),
                ExitCode = ended.Code,
                Message = ended.Words,
                Ended = at,
            }
        );
        await WorkloadEvents.AddAsync(
            db,
            replica.WorkloadId,
            clock.GetUtcNow(),
            $"{state}",
            $"{replica.Name} {ended.Words}"
        );
    }

    /// <summary>A time that a node told, whose clock may be wrong: not before the attempt was placed, and not after now.</summary>
    private DateTimeOffset Since(ReplicaRow replica, DateTimeOffset told)
    {
        var now = clock.GetUtcNow();
        return told > now ? now
            : told < replica.Placed && replica.Placed <= now ? replica.Placed.Value
            : told;
    }

    private async Task KeepAsync(DbWrite db, RunId workload)
    {
        if (await WorkloadRow.FindAsync(db, workload) is not { Ended: null } row)
        {
            return;
        }

        // What it is to do next, nobody knows of one that cannot be read.
        await (
            works.Find(row) is null
                ? keeper.EndAsync(db, row, WorkloadState.Failed, row.ShowSpec().Fault ?? unreadable)
                : keeper.KeepAsync(db, row)
        );
    }

    /// <summary>The replica whose present attempt this is, and which is on the node; null when it is over.</summary>
    private static async Task<ReplicaRow?> FindAsync(DbRead db, string node, AttemptId attempt) =>
        await ReplicaRow.FindAsync(db, attempt.Workload, attempt.Replica) is { } replica
        && replica.Fence == attempt.Fence
        && replica.Node == node
        && Releasing.IsHeld(replica)
            ? replica
            : null;

    private async Task<IReadOnlyList<WorkOrder>> OrdersAsync(string node, CancellationToken ct)
    {
        var found = await database.ReadAsync(db => ReadOrdersAsync(db, node), ct);
        var orders = new List<WorkOrder>();
        foreach (var (order, keys) in found)
        {
            // A pair that is gone belongs to an attempt that ended meanwhile.
            if (order is not WorkOrder.Run run)
            {
                orders.Add(order);
            }
            else if ((await authenticator.FindKeyAsync(keys, ct)).TryGet(out var pair, out _))
            {
                orders.Add(run with { Keys = pair.Keys });
            }
        }

        return orders;
    }

    private async Task<IReadOnlyList<(WorkOrder Order, string Keys)>> ReadOrdersAsync(DbRead db, string node)
    {
        var orders = new List<(WorkOrder, string)>();
        var addresses = (await NodeRow.AllAsync(db)).ToDictionary(
            row => row.Name,
            row => row.ReadMachine().Address,
            StringComparer.Ordinal
        );
        foreach (var mine in (await ReplicaRow.OnAsync(db, node)).GroupBy(replica => replica.WorkloadId))
        {
            var workload =
                await WorkloadRow.FindAsync(db, mine.Key)
                ?? throw new InvalidDataException($"replicas of {mine.Key} have no workload");
            var work = works.Find(workload);
            if (work is { IsSeat: true })
            {
                continue;
            }

            var all = await ReplicaRow.OfAsync(db, mine.Key);
            orders.AddRange(
                mine.Select(replica =>
                    (
                        work is null
                            ? new WorkOrder.Stop(IdOf(replica), unreadable, graceOfUnreadable)
                            : OrderOf(work, workload, replica, all, addresses),
                        replica.Keys ?? ""
                    )
                )
            );
        }

        return orders;
    }

    private static WorkOrder OrderOf(
        IWork work,
        WorkloadRow workload,
        ReplicaRow replica,
        IReadOnlyList<ReplicaRow> all,
        IReadOnlyDictionary<string, string> addresses
    )
    {
        var program = work.ProgramOf(workload, replica, all) with
        {
            Peers = all.Where(peer => peer.Node is not null && peer.Node != replica.Node)
                .SelectMany(peer =>
                    work.NamesOf(peer)
                        .Select(name => (Name: name, Address: addresses.GetValueOrDefault(peer.Node ?? "", "")))
                )
                .ToDictionary(peer => peer.Name, peer => peer.Address, StringComparer.Ordinal),
        };
        return replica.ReadState() == ReplicaState.Releasing
            ? new WorkOrder.Stop(
                IdOf(replica),
                replica.Message.Length > 0 ? replica.Message : replica.Release,
                program.Grace
            )
            : new WorkOrder.Run(IdOf(replica), program, new("", ""), replica.ReadDevices(), replica.Lines);
    }

    private static bool IsKnown(IReadOnlyList<WorkOrder> orders, IReadOnlyDictionary<AttemptId, bool> known) =>
        orders.Count == known.Count
        && orders.All(order => known.TryGetValue(order.Attempt, out var runs) && runs == order is WorkOrder.Run);

    private static AttemptId IdOf(ReplicaRow replica) => new(replica.WorkloadId, replica.Name, replica.Fence);

    private static LogLine ToLogLine(AttemptLine line, string replica) =>
        new()
        {
            TimestampMs = line.At.ToUnixTimeMilliseconds(),
            Text = line.Text,
            Level = line.IsError ? "ERROR" : "INFO",
            Worker = replica,
            Source = line.IsError ? LogSource.Stderr : LogSource.Stdout,
        };

    /// <summary>Notes that the agent lives, and which attempts do nothing.</summary>
    private Task<Result<Unit>> SeeAsync(
        Caller caller,
        string node,
        string epoch,
        IReadOnlyDictionary<AttemptId, TimeSpan> idle,
        CancellationToken ct
    ) =>
        AsAgentAsync(
            caller,
            node,
            epoch,
            async db =>
            {
                await NodeRow.SeeAsync(db, node, clock.GetUtcNow());
                await IdleReplicas.NoteAsync(db, node, idle, clock.GetUtcNow());
                return (Result<Unit>)Unit.Value;
            },
            ct
        );

    private Task<Result<T>> AsAgentAsync<T>(
        Caller caller,
        string node,
        string epoch,
        Func<DbWrite, Task<Result<T>>> write,
        CancellationToken ct
    ) =>
        WriteAsync(
            caller,
            async db =>
                (await NodeRow.FindAsync(db, node))?.Epoch == epoch ? await write(db) : Errors.UnknownAgent(node),
            ct
        );

    private Task<Result<T>> WriteAsync<T>(Caller caller, Func<DbWrite, Task<Result<T>>> write, CancellationToken ct) =>
        caller.MayAdminister() is { } refused ? Task.FromResult<Result<T>>(refused) : database.WriteAsync(write, ct);
}
