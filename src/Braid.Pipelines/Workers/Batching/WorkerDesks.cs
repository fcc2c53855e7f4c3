using System.Collections.Immutable;
using Braid.Pipelines.Jobs;

namespace Braid.Pipelines.Workers.Batching;

/// <summary>The desks of all workers of this server: what is being done at the moment.</summary>
internal sealed class WorkerDesks
{
    private ImmutableArray<WorkerDesk> desks = [];

    /// <summary>Called while the server starts or stops; others may look meanwhile.</summary>
    public void Set(IEnumerable<WorkerDesk> all) => desks = [.. all];

    /// <summary>What workers do for a job, those that rest left out.</summary>
    public IReadOnlyList<WorkerActivity> Of(JobRow job) =>
        job.JobState == JobState.Running
            ?
            [
                .. desks
                    .Select(desk => desk.Activity)
                    .OfType<WorkerActivity>()
                    .Where(activity => activity.Pipeline == job.Ref && activity.Job == $"{job.SetId}"),
            ]
            : [];
}
