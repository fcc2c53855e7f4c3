using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Output;
using Braid.Cli.Pipelines;
using Braid.Protos.Pps;

namespace Braid.Cli.Jobs;

internal static class InspectJob
{
    public static Command Command { get; } =
        new Command("inspect job", "<pipeline>@<job>", "Show a job.")
        {
            Flags = [Flags.FullTimestamps, .. Flags.Format, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var request = new InspectJobRequest
        {
            Job = await JobNames.FindAsync(call, call.Arguments[0], ct),
            Details = true,
        };
        var job = await call.Pach.CallAsync(PpsMethods.InspectJob, request, ct);
        if (format is not null)
        {
            format.Print(job);
        }
        else
        {
            Write(call, job);
        }

        return 0;
    }

    /// <summary>The fields in pachctl's order.</summary>
    private static void Write(Invocation call, JobInfo job)
    {
        var fields = new FieldList(call.Out);
        fields.Write("ID", job.Job.Id);
        fields.Write("Pipeline", job.Job.Pipeline.Name);
        fields.Write("Project", job.Job.Pipeline.Project?.Name ?? "");
        fields.Write("Started", call.Style.Time(job.Started));
        fields.WriteGiven("Duration", job.Finished is null ? "" : call.Style.Duration(job.Started, job.Finished));
        fields.Write("State", States.Of(call.Style, job.State).Painted);
        fields.Write("Reason", job.Reason);
        WriteCounts(fields, job);
        WriteStats(fields, job.Stats ?? new());
        WriteDetails(call, fields, job.Details ?? new());
        fields.Write("Restarts", job.Restart.ToString());
        WriteWork(fields, job.Details ?? new());
        fields.WriteGiven("Output Commit", job.OutputCommit?.Id ?? "");
        WorkFields.WriteEgress(fields, job.Details?.Egress);
    }

    private static void WriteDetails(Invocation call, FieldList fields, JobInfo.Types.Details details)
    {
        WorkFields.WriteTimeouts(fields, details.DatumTimeout, details.JobTimeout);
        if (details.WorkerStatus.Count == 0)
        {
            return;
        }

        fields.WriteHead("Worker Status");
        var table = new Table(call.Out, "WORKER", "JOB", "DATUM", "STARTED") { LeastWidth = 20 };
        foreach (var worker in details.WorkerStatus)
        {
            var data = worker.DatumStatus?.Data.Select(file => file.Path) ?? [];
            table.Add(
                worker.WorkerId,
                worker.JobId,
                string.Join(", ", data),
                call.Style.Time(worker.DatumStatus?.Started)
            );
        }

        table.Finish();
    }

    private static void WriteWork(FieldList fields, JobInfo.Types.Details details)
    {
        fields.WriteRecord("ParallelismSpec", details.ParallelismSpec);
        WorkFields.WriteResources(fields, "ResourceRequests", details.ResourceRequests);
        WorkFields.WriteResources(fields, "ResourceLimits", details.ResourceLimits);
        fields.WriteRecord("Service", details.Service);
        fields.WriteRecord("Input", details.Input);
        fields.WriteRecord("Transform", details.Transform);
    }

    private static void WriteCounts(FieldList fields, JobInfo job)
    {
        fields.Write("Processed", job.DataProcessed.ToString());
        fields.Write("Failed", job.DataFailed.ToString());
        fields.Write("Skipped", job.DataSkipped.ToString());
        fields.Write("Recovered", job.DataRecovered.ToString());
        fields.Write("Total", job.DataTotal.ToString());
    }

    private static void WriteStats(FieldList fields, ProcessStats stats)
    {
        fields.Write("Data Downloaded", Sizes.Words(stats.DownloadBytes));
        fields.Write("Data Uploaded", Sizes.Words(stats.UploadBytes));
        fields.Write("Download Time", Words(stats.DownloadTime));
        fields.Write("Process Time", Words(stats.ProcessTime));
        fields.Write("Upload Time", Words(stats.UploadTime));
    }

    private static string Words(Google.Protobuf.WellKnownTypes.Duration? time) =>
        Ages.Words(time?.ToTimeSpan() ?? default);
}
