using Braid.Storage.Sweeping;

namespace Braid.Storage.Holds;

/// <summary>The holds that have not ended, in the order of their beginning.</summary>
internal sealed class HoldRegister(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly LinkedList<HoldTicket> live = new();
    private readonly List<(long Before, TaskCompletionSource Ended)> waiting = [];
    private long begun;

    /// <summary>Begins a hold. Its number is greater than that of every hold begun before.</summary>
    public HoldTicket Begin()
    {
        lock (gate)
        {
            var ticket = new HoldTicket(++begun, clock.GetUtcNow());
            ticket.Place = live.AddLast(ticket);
            return ticket;
        }
    }

    /// <summary>Ends a hold; a second time does nothing.</summary>
    public void End(HoldTicket ticket)
    {
        lock (gate)
        {
            if (ticket.Place is not { } place)
            {
                return;
            }

            live.Remove(place);
            ticket.Place = null;
            foreach (var (_, ended) in waiting.Where(waiter => HaveEnded(waiter.Before)))
            {
                ended.TrySetResult();
            }

            waiting.RemoveAll(waiter => HaveEnded(waiter.Before));
        }
    }

    /// <summary>The number of the hold begun last.</summary>
    public long Last
    {
        get
        {
            lock (gate)
            {
                return begun;
            }
        }
    }

    /// <summary>When the oldest hold that has not ended was begun.</summary>
    public DateTimeOffset? Oldest
    {
        get
        {
            lock (gate)
            {
                return live.First?.Value.Begun;
            }
        }
    }

    /// <summary>Returns when the hold of this number and all begun before it have ended.</summary>
    public Task WhenEndedAsync(long number, CancellationToken ct)
    {
        lock (gate)
        {
            if (HaveEnded(number))
            {
                return Task.CompletedTask;
            }

            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((number, ended));
            return ended.Task.WaitAsync(ct);
        }
    }

    private bool HaveEnded(long number) => live.First is not { } oldest || oldest.Value.Number > number;
}

/// <summary>A hold as the register keeps it.</summary>
internal sealed class HoldTicket(long number, DateTimeOffset begun)
{
    public long Number => number;

    public DateTimeOffset Begun => begun;

    /// <summary>How far sweeping had come when it was begun.</summary>
    public SweepTurn Turn { get; set; }

    public LinkedListNode<HoldTicket>? Place { get; set; }
}
