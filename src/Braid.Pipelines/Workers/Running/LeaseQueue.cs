namespace Braid.Pipelines.Workers.Running;

/// <summary>The datums of a batch that have not begun, and the one that runs. May be used by several threads at a time.</summary>
internal sealed class LeaseQueue(IReadOnlyList<DatumLease> leases)
{
    private readonly Lock gate = new();
    private readonly Queue<DatumLease> waiting = new(leases);
    private readonly HashSet<string> ours = [.. leases.Select(lease => lease.Attempt)];
    private string running = "";

    /// <summary>Takes the next one; null when none waits.</summary>
    public DatumLease? Next()
    {
        lock (gate)
        {
            return waiting.TryDequeue(out var lease) ? lease : null;
        }
    }

    /// <summary>It runs from now on; false when it has become another's.</summary>
    public bool Begin(DatumLease lease)
    {
        lock (gate)
        {
            running = lease.Attempt;
            return ours.Contains(running);
        }
    }

    /// <summary>The one that ran has ended, whatever becomes of it.</summary>
    public void End()
    {
        lock (gate)
        {
            running = "";
        }
    }

    /// <summary>Tells which attempts are still ours, and stops the one that runs when it is not.</summary>
    public void Keep(IReadOnlySet<string> held, Action stop)
    {
        lock (gate)
        {
            ours.IntersectWith(held);
            // Again at each look, since what runs may not have been there yet to be stopped.
            if (running.Length > 0 && !ours.Contains(running))
            {
                stop();
            }
        }
    }

    /// <summary>Stops it if it is the one that runs.</summary>
    public void Stop(DatumLease lease, Action stop)
    {
        lock (gate)
        {
            if (running == lease.Attempt)
            {
                stop();
            }
        }
    }

    /// <summary>Takes all that wait.</summary>
    public IReadOnlyList<DatumLease> TakeRest()
    {
        lock (gate)
        {
            DatumLease[] rest = [.. waiting];
            waiting.Clear();
            return rest;
        }
    }
}
