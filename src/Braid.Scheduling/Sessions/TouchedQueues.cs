namespace Braid.Scheduling.Sessions;

/// <summary>The queues whose allocation changed since the last look, each once.</summary>
internal sealed class TouchedQueues(int queues)
{
    private readonly bool[] isTouched = new bool[queues];
    private readonly List<SessionQueue> touched = [];

    public void Add(SessionQueue queue)
    {
        if (!isTouched[queue.Rank])
        {
            isTouched[queue.Rank] = true;
            touched.Add(queue);
        }
    }

    /// <summary>The queues noted, which are forgotten.</summary>
    public IReadOnlyList<SessionQueue> Take()
    {
        if (touched.Count == 0)
        {
            return [];
        }

        SessionQueue[] taken = [.. touched];
        foreach (var queue in taken)
        {
            isTouched[queue.Rank] = false;
        }

        touched.Clear();
        return taken;
    }
}
