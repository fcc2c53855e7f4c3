namespace Braid.Client.Sending;

/// <summary>A count that grows, and those who wait for it to reach theirs.</summary>
internal sealed class Milestones
{
    private readonly Lock gate = new();
    private readonly List<(long At, TaskCompletionSource Reached)> waiting = [];
    private long reached;
    private bool isFinished;

    public long Reached => Interlocked.Read(ref reached);

    public Task ReachAsync(long at)
    {
        lock (gate)
        {
            if (isFinished || reached >= at)
            {
                return Task.CompletedTask;
            }

            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((at, source));
            return source.Task;
        }
    }

    public void Reach(long count)
    {
        lock (gate)
        {
            reached = count;
            Release(count);
        }
    }

    /// <summary>Nothing more is reached; nobody waits any longer.</summary>
    public void Finish()
    {
        lock (gate)
        {
            isFinished = true;
            Release(long.MaxValue);
        }
    }

    private void Release(long upTo)
    {
        foreach (var (_, source) in waiting.Where(each => each.At <= upTo))
        {
            source.SetResult();
        }

        waiting.RemoveAll(each => each.At <= upTo);
    }
}
