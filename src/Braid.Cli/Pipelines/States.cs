using Braid.Cli.Output;
using Braid.Protos.Pps;

namespace Braid.Cli.Pipelines;

/// <summary>States as words in their colors.</summary>
internal static class States
{
    public static Cell Of(Style style, PipelineState state) =>
        state switch
        {
            PipelineState.PipelineStarting => style.Colored("starting", Color.Yellow),
            PipelineState.PipelineRunning => style.Colored("running", Color.Green),
            PipelineState.PipelineRestarting => style.Colored("restarting", Color.Yellow),
            PipelineState.PipelineFailure => style.Colored("failure", Color.Red),
            PipelineState.PipelinePaused => style.Colored("paused", Color.Yellow),
            PipelineState.PipelineStandby => style.Colored("standby", Color.Yellow),
            PipelineState.PipelineCrashing => style.Colored("crashing", Color.Red),
            _ => Style.Missing,
        };

    public static Cell Of(Style style, JobState state) =>
        state switch
        {
            JobState.JobStarting => style.Colored("starting", Color.Yellow),
            JobState.JobRunning => style.Colored("running", Color.Yellow),
            JobState.JobFailure => style.Colored("failure", Color.Red),
            JobState.JobSuccess => style.Colored("success", Color.Green),
            JobState.JobKilled => style.Colored("killed", Color.Red),
            JobState.JobEgressing => style.Colored("egressing", Color.Yellow),
            JobState.JobFinishing => style.Colored("finishing", Color.Yellow),
            JobState.JobUnrunnable => style.Colored("unrunnable", Color.Red),
            _ => Style.Missing,
        };

    public static Cell Of(Style style, DatumState state) =>
        state switch
        {
            DatumState.Failed => style.Colored("failed", Color.Red),
            DatumState.Success => style.Colored("success", Color.Green),
            DatumState.Skipped => style.Colored("skipped", Color.Yellow),
            DatumState.Starting => style.Colored("starting", Color.Yellow),
            DatumState.Recovered => style.Colored("recovered", Color.Yellow),
            _ => Style.Missing,
        };

    /// <summary>The job will not change any more.</summary>
    public static bool IsFinal(JobState state) =>
        state is JobState.JobSuccess or JobState.JobFailure or JobState.JobKilled or JobState.JobUnrunnable;
}
