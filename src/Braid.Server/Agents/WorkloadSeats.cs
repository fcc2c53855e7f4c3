using Braid.Pipelines.Workers.Seats;
using Braid.Primitives;
using Braid.TrainingJobs.Replicas;
using Braid.Workloads.Parts;
using Braid.Workloads.Submission;

namespace Braid.Server.Agents;

/// <summary>Places of pipelines' workers as workloads that only hold a place: parts of their jobs, on the node of this server.</summary>
/// <param name="node">The name of this machine's node.</param>
internal sealed class WorkloadSeats(PartCatalog parts, SeatCatalog seats, string node) : ISeats
{
    private const string hostName = "kubernetes.io/hostname";

    public async Task<ISeat?> TakeAsync(SeatOrder order, Action<string?> waiting, CancellationToken unwanted)
    {
        RunId? part = null;
        try
        {
            if (!(await parts.SubmitAsync(PartOf(order), unwanted)).TryGet(out var made, out var refused))
            {
                throw new InvalidOperationException(refused.Message);
            }

            part = made;
            if (await seats.SitAsync(made, waiting, unwanted) is { } seat)
            {
                return new TakenSeat(seats, seat);
            }
        }
        catch (OperationCanceledException) when (unwanted.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
        catch
        {
            await LeaveAsync(part);
            throw;
        }

        await LeaveAsync(part);
        return null;
    }

    private Task LeaveAsync(RunId? part) =>
        part is { } left ? Patience.DoAsync(() => seats.LeaveAsync(left), CancellationToken.None) : Task.CompletedTask;

    private NewPart PartOf(SeatOrder order) =>
        new(
            order.Run,
            order.RunProject,
            order.Name,
            new()
            {
                Kind = WorkloadKind.Train,
                IsSeat = true,
                Request = new()
                {
                    CpuMillicores = order.Needs.CpuMillicores,
                    MemoryBytes = order.Needs.MemoryBytes,
                    Gpus = order.Needs.Gpus,
                },
                Priority = PriorityClasses.Parse(order.PriorityClass),
                NodeSelector = new Dictionary<string, string> { [hostName] = node },
            }
        )
        {
            PreferredShare = order.Project,
        };

    /// <summary>A place that is watched while somebody has it.</summary>
    private sealed class TakenSeat : ISeat
    {
        private readonly SeatCatalog seats;
        private readonly Seat seat;
        private readonly CancellationTokenSource lost = new();
        private readonly CancellationTokenSource left = new();
        private readonly Task watching;

        public TakenSeat(SeatCatalog seats, Seat seat)
        {
            (this.seats, this.seat) = (seats, seat);
            Lost = lost.Token;
            watching = WatchAsync();
        }

        public IReadOnlyList<string> Gpus => seat.Gpus;

        public CancellationToken Lost { get; }

        public async ValueTask DisposeAsync()
        {
            await left.CancelAsync();
            await watching;
            await Patience.DoAsync(() => seats.LeaveAsync(seat.Part), CancellationToken.None);
            left.Dispose();
            lost.Dispose();
        }

        private async Task WatchAsync()
        {
            try
            {
                await Patience.DoAsync(() => seats.LostAsync(seat, left.Token), left.Token);
            }
            catch (OperationCanceledException) when (left.IsCancellationRequested)
            {
                return; // It was left before it was lost.
            }
            catch (Exception)
            {
                // Whether somebody still has the place is not known: nobody works in it any more.
            }

            await lost.CancelAsync();
        }
    }
}
