namespace Braid.Pipelines.Jobs;

/// <summary>
/// Lets several loops of one process work on different pipelines at a time, and on the jobs of one pipeline one after the other.
/// It saves work and nothing else: what a job becomes is decided by its row.
/// </summary>
internal sealed class JobClaims
{
    private readonly Lock gate = new();
    private readonly HashSet<PipelineRef> taken = [];

    public bool TryTake(PipelineRef pipeline)
    {
        lock (gate)
        {
            return taken.Add(pipeline);
        }
    }

    public void Release(PipelineRef pipeline)
    {
        lock (gate)
        {
            taken.Remove(pipeline);
        }
    }
}
