using System.Text.Json.Nodes;
using Braid.Gateway.Web.PipelineViews;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Overviews;
using Braid.Pipelines.Workers.Batching;

namespace Braid.Gateway.Web.JobViews;

/// <summary>Jobs as the pages read them; <c>id</c> is the commit set's, <c>run</c> the id that the other doors know.</summary>
internal static class JobJson
{
    public static JsonObject Overview(JobOverview job) =>
        new()
        {
            ["id"] = $"{job.Set}",
            ["run"] = $"{job.Run}",
            ["state"] = PipelineJson.Word(job.State),
            ["reason"] = job.Reason,
            ["progress"] = Progress(job.Progress),
            ["created"] = job.Created,
            ["started"] = job.Started,
            ["finished"] = job.Finished,
        };

    public static JsonObject Summary(Job job)
    {
        var summary = Overview(
            new(job.Set, job.Run, job.State, job.Reason, job.Progress, job.Created, job.Started, job.Finished)
        );
        summary["project"] = job.Pipeline.Project;
        summary["pipeline"] = job.Pipeline.Name;
        summary["version"] = job.PipelineVersion;
        summary["restarts"] = job.Restarts;
        return summary;
    }

    public static JsonObject Stats(ProcessStats stats) =>
        new()
        {
            ["downloadSeconds"] = stats.DownloadTime.TotalSeconds,
            ["processSeconds"] = stats.ProcessTime.TotalSeconds,
            ["uploadSeconds"] = stats.UploadTime.TotalSeconds,
            ["downloadBytes"] = stats.DownloadBytes,
            ["uploadBytes"] = stats.UploadBytes,
        };

    public static JsonObject Worker(WorkerActivity worker) =>
        new()
        {
            ["name"] = worker.Worker,
            ["begun"] = worker.Begun,
            ["files"] = Answer.List(worker.Inputs, input => input.Path),
        };

    private static JsonObject Progress(JobProgress progress) =>
        new()
        {
            ["processed"] = progress.Processed,
            ["skipped"] = progress.Skipped,
            ["failed"] = progress.Failed,
            ["recovered"] = progress.Recovered,
            ["total"] = progress.Total,
        };
}
