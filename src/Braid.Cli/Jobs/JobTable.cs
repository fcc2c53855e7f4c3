using Braid.Cli.CommandLine;
using Braid.Cli.Output;
using Braid.Cli.Pipelines;
using Braid.Protos.Pps;

namespace Braid.Cli.Jobs;

/// <summary>Jobs as lines of a table, or as they came.</summary>
internal sealed class JobTable(Invocation call)
{
    private const int ReasonLength = 25;

    private readonly RecordFormat? format = RecordFormat.Of(call);
    private readonly Table table = new(
        call.Out,
        "PROJECT",
        "PIPELINE",
        "ID",
        "STARTED",
        "DURATION",
        "RESTART",
        "PROGRESS",
        "DL",
        "UL",
        "STATE"
    );

    public void Add(JobInfo job)
    {
        if (format is not null)
        {
            format.Print(job);
            return;
        }

        table.Add(
            job.Job.Pipeline.Project?.Name ?? "",
            job.Job.Pipeline.Name,
            job.Job.Id,
            call.Style.Time(job.Started),
            call.Style.Duration(job.Started, job.Finished),
            job.Restart.ToString(),
            ProgressOf(job),
            Sizes.Words(job.Stats?.DownloadBytes ?? 0),
            Sizes.Words(job.Stats?.UploadBytes ?? 0),
            StateOf(call.Style, job)
        );
    }

    public void Finish()
    {
        if (format is null)
        {
            table.Finish();
        }
    }

    /// <summary>Processed, skipped and recovered datums, of all.</summary>
    private static string ProgressOf(JobInfo job) =>
        job.DataRecovered > 0
            ? $"{job.DataProcessed} + {job.DataSkipped} + {job.DataRecovered} / {job.DataTotal}"
            : $"{job.DataProcessed} + {job.DataSkipped} / {job.DataTotal}";

    private static Cell StateOf(Style style, JobInfo job)
    {
        var state = States.Of(style, job.State);
        return job switch
        {
            { Reason.Length: >= ReasonLength } => state + $": {job.Reason[..ReasonLength].Trim()}...",
            { Reason.Length: > 0 } => state + $": {job.Reason.Trim()}",
            { State: JobState.JobSuccess } when job.DataSkipped == job.DataTotal => state
                + ": there were no datums to process",
            _ => state,
        };
    }
}
