using System.Collections.Immutable;
using Braid.Pipelines.Jobs;

namespace Braid.Pipelines.Workers.Batching;

/// <summary>What is being done for jobs on this server at the moment: at the desks of its workers, and by programs of services.</summary>
internal sealed class WorkerDesks
{
    private ImmutableArray<WorkerDesk> desks = [];
    private ImmutableList<WorkerActivity> programs = [];

    /// <summary>Called while the server starts or stops; others may look meanwhile.</summary>
    public void Set(IEnumerable<WorkerDesk> all) => desks = [.. all];

    /// <summary>A worker is there from now on.</summary>
    public void Add(WorkerDesk desk) => ImmutableInterlocked.Update(ref desks, all => all.Add(desk));

    /// <summary>It has left.</summary>
    public void Remove(WorkerDesk desk) => ImmutableInterlocked.Update(ref desks, all => all.Remove(desk));

    /// <summary>A program serves a job from now on.</summary>
    public void Add(WorkerActivity program) => ImmutableInterlocked.Update(ref programs, all => all.Add(program));

    /// <summary>It has ended.</summary>
    public void Remove(WorkerActivity program) => ImmutableInterlocked.Update(ref programs, all => all.Remove(program));

    /// <summary>What workers do for a job, those that rest left out.</summary>
    public IReadOnlyList<WorkerActivity> Of(JobRow job) =>
        job.JobState == JobState.Running
            ?
            [
                .. desks
                    .Select(desk => desk.Activity)
                    .OfType<WorkerActivity>()
                    .Concat(programs)
                    .Where(activity => activity.Pipeline == job.Ref && activity.Job == $"{job.SetId}"),
            ]
            : [];
}
