using Braid.Data.Naming;
using Braid.Gateway.Pachyderm.Pipelines;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Gateway.Pachyderm.Workers;
using Braid.Pipelines;
using Braid.Pipelines.Jobs;

namespace Braid.Gateway.Pachyderm.Jobs;

/// <summary>Jobs on the wire. A job's id there is its commit set's, whatever the id of its run.</summary>
internal static class JobMessages
{
    public static Pps.Job Name(PipelineRef pipeline, CommitSetId set) =>
        new() { Pipeline = pipeline.ToWire(), Id = set.ToString() };

    public static Pps.JobInfo Info(Job job, bool details) =>
        new()
        {
            Job = Name(job.Pipeline, job.Set),
            PipelineVersion = (ulong)job.PipelineVersion,
            OutputCommit = new CommitName(new(job.Pipeline.Project, job.Pipeline.Name), job.Set).ToWire(
                job.Spec.OutputBranch
            ),
            Restart = (ulong)job.Restarts,
            DataProcessed = job.Progress.Processed,
            DataSkipped = job.Progress.Skipped,
            DataFailed = job.Progress.Failed,
            DataRecovered = job.Progress.Recovered,
            DataTotal = job.Progress.Total,
            Stats = Stats(job.Stats),
            State = StateOf(job.State),
            Reason = job.Reason,
            Created = job.Created.ToWire(),
            Started = job.Started.ToWire(),
            Finished = job.Finished.ToWire(),
            Details = details ? Details(job) : null,
        };

    public static Pps.ProcessStats Stats(ProcessStats stats) =>
        new()
        {
            DownloadTime = stats.DownloadTime.ToWire(),
            ProcessTime = stats.ProcessTime.ToWire(),
            UploadTime = stats.UploadTime.ToWire(),
            DownloadBytes = stats.DownloadBytes,
            UploadBytes = stats.UploadBytes,
        };

    public static Pps.JobState StateOf(JobState state) =>
        state switch
        {
            JobState.Created => Pps.JobState.JobCreated,
            JobState.Starting => Pps.JobState.JobStarting,
            JobState.Running => Pps.JobState.JobRunning,
            JobState.Egressing => Pps.JobState.JobEgressing,
            JobState.Finishing => Pps.JobState.JobFinishing,
            JobState.Success => Pps.JobState.JobSuccess,
            JobState.Failure => Pps.JobState.JobFailure,
            JobState.Killed => Pps.JobState.JobKilled,
            JobState.Unrunnable => Pps.JobState.JobUnrunnable,
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "a job state without a wire form"),
        };

    private static Pps.JobInfo.Types.Details Details(Job job)
    {
        var spec = SpecMessages.Write(job.Spec);
        return new()
        {
            Transform = spec.Transform,
            ParallelismSpec = spec.ParallelismSpec,
            ResourceRequests = spec.ResourceRequests,
            ResourceLimits = spec.ResourceLimits,
            SidecarResourceLimits = spec.SidecarResourceLimits,
            SidecarResourceRequests = spec.SidecarResourceRequests,
            Input = spec.Input,
            Salt = job.Salt,
            DatumSetSpec = spec.DatumSetSpec,
            DatumTimeout = spec.DatumTimeout,
            JobTimeout = spec.JobTimeout,
            DatumTries = job.Spec.DatumTries,
            SchedulingSpec = spec.SchedulingSpec,
            PodSpec = spec.PodSpec,
            PodPatch = spec.PodPatch,
            Egress = spec.Egress,
            Service = spec.Service,
            Spout = spec.Spout,
            WorkerStatus = { job.Workers.Select(WorkerMessages.Status) },
        };
    }
}
