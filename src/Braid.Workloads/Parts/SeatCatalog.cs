using Braid.Metadata;
using Braid.Primitives;
using Braid.Workloads.Keeping;
using Braid.Workloads.Nodes;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Parts;

/// <summary>A place that was given.</summary>
/// <param name="Part">Whose it is.</param>
/// <param name="Fence">The number of the attempt: with a later one it was given anew.</param>
/// <param name="Gpus">What the driver calls the node's GPUs that go with it: their UUIDs.</param>
public sealed record Seat(RunId Part, long Fence, IReadOnlyList<string> Gpus);

/// <summary>
/// Places for what nodes do not run themselves (<see cref="WorkloadSpec.IsSeat"/>): whoever asked for one waits until it is given, runs
/// something there, watches whether it is taken away, and leaves it.
/// </summary>
public sealed class SeatCatalog
{
    private static readonly TimeSpan longestWait = TimeSpan.FromSeconds(5);

    private readonly Database database;
    private readonly WorkKeeper keeper;
    private readonly TimeProvider clock;

    internal SeatCatalog(Database database, WorkKeeper keeper, TimeProvider clock) =>
        (this.database, this.keeper, this.clock) = (database, keeper, clock);

    /// <summary>Waits until the place is given; null when the part ends first.</summary>
    /// <param name="waiting">Told why it waits.</param>
    public async Task<Seat?> SitAsync(RunId part, Action<string> waiting, CancellationToken ct)
    {
        using var watch = database.Changes.Watch(Topics.Workload(part));
        while (true)
        {
            var (row, replica) = await database.ReadAsync(db => SeeAsync(db, part), ct);
            if (row.Ended is not null)
            {
                return null;
            }

            if (replica?.ReadState() == ReplicaState.Bound && await TakeAsync(replica, ct))
            {
                return new(part, replica.Fence, await database.ReadAsync(db => DevicesAsync(db, replica), ct));
            }

            waiting(row.Waiting);
            await watch.NextAsync(longestWait, ct);
        }
    }

    /// <summary>Returns when the place is to be left, or is lost.</summary>
    public async Task LostAsync(Seat seat, CancellationToken ct)
    {
        using var watch = database.Changes.Watch(Topics.Workload(seat.Part));
        while (
            await database.ReadAsync(db => SeeAsync(db, seat.Part), ct) is (_, { } replica)
            && replica.ReadState() == ReplicaState.Running
            && replica.Fence == seat.Fence
        )
        {
            await watch.NextAsync(longestWait, ct);
        }
    }

    /// <summary>Nothing runs there any more: the place is free at once. Also of one that was never given.</summary>
    public Task LeaveAsync(RunId part) =>
        database.WriteAsync(
            async db =>
            {
                if (await WorkloadRow.FindAsync(db, part) is { Ended: null } row)
                {
                    await keeper.EndAsync(db, row, WorkloadState.Succeeded, "");
                }

                foreach (var replica in (await ReplicaRow.OfAsync(db, part)).Where(Releasing.IsHeld))
                {
                    await Releasing.EndAsync(db, replica, clock.GetUtcNow());
                }

                db.Announce(Topics.Placement);
            },
            CancellationToken.None
        );

    /// <returns>False when it stands otherwise meanwhile.</returns>
    private Task<bool> TakeAsync(ReplicaRow given, CancellationToken ct) =>
        database.WriteAsync(
            async db =>
            {
                var (row, replica) = await SeeAsync(db, given.WorkloadId);
                if (row.Ended is not null || (replica?.Fence, replica?.State) != (given.Fence, given.State))
                {
                    return false;
                }

                var running = ReplicaRow.ToText(ReplicaState.Running);
                await ReplicaRow.UpdateAsync(db, given with { State = running, Started = clock.GetUtcNow() });
                await keeper.KeepAsync(db, row);
                return true;
            },
            ct
        );

    private static async Task<IReadOnlyList<string>> DevicesAsync(DbRead db, ReplicaRow replica)
    {
        var devices = replica.ReadDevices();
        return devices.Count == 0 ? []
            : await NodeRow.FindAsync(db, replica.Node ?? "") is { } node
                ? DeviceNumbers.NamesOf(node.ReadMachine(), devices)
            : throw new InvalidDataException($"there is no node {replica.Node}");
    }

    private static async Task<(WorkloadRow Row, ReplicaRow? Replica)> SeeAsync(DbRead db, RunId part) =>
        (
            await WorkloadRow.FindAsync(db, part) ?? throw new InvalidDataException($"part {part} is gone"),
            (await ReplicaRow.OfAsync(db, part)).FirstOrDefault()
        );
}
