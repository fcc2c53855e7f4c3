using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Reports;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary>A run as the protocol's task.</summary>
internal static class TaskReply
{
    public static JsonObject Of(Run run) => Of(run, Projection.Everything);

    /// <param name="wanted">What is shown of it afterwards.</param>
    public static JsonObject Of(Run run, Projection wanted)
    {
        var task = new JsonObject
        {
            ["id"] = run.Id.ToString(),
            ["name"] = run.Name,
            ["type"] = run.Type,
            ["comment"] = run.Comment,
            ["parent"] = run.ParentId?.ToString(),
            ["project"] = run.ProjectId.ToString(),
            ["company"] = Contract.Company,
            ["user"] = run.User,
            ["tags"] = Documents.Labels(run.Labels),
            ["system_tags"] = Documents.Labels(run.SystemLabels),
            ["last_iteration"] = run.LastIteration,
            ["last_worker"] = run.LastWorker.Length > 0 ? run.LastWorker : null,
            ["last_changed_by"] = run.LastChangedBy,
        };
        AddStatus(task, run);
        AddTimes(task, run);
        AddDocuments(task, run);
        ReportText.Show(task, run);
        task[LastMetrics.Field] = LastMetrics.Of(run.Metrics, wanted);
        return task.WithoutNulls();
    }

    private static void AddStatus(JsonObject task, Run run)
    {
        task["status"] = run.Status.ToText();
        task["status_reason"] = run.StatusReason;
        task["status_message"] = run.StatusMessage;
        task["status_changed"] = Times.Iso(run.StatusChanged);
    }

    private static void AddTimes(JsonObject task, Run run)
    {
        task["created"] = Times.Iso(run.Created);
        task["started"] = Times.Iso(run.Started);
        task["completed"] = Times.Iso(run.Completed);
        task["published"] = Times.Iso(run.Published);
        task["last_update"] = Times.Iso(run.LastUpdate);
        task["last_change"] = Times.Iso(run.LastChange);
        task["last_worker_report"] = Times.Iso(run.LastWorkerReport);
        task["active_duration"] = run.Started is { } started
            ? (long)((run.Completed ?? run.LastUpdate) - started).TotalSeconds
            : null;
    }

    /// <summary>The containers are always there, be they empty: clients ask for what is in them.</summary>
    private static void AddDocuments(JsonObject task, Run run)
    {
        task["script"] = TaskDocuments.Script(run);
        task["execution"] = TaskDocuments.Execution(run);
        task["output"] = TaskDocuments.Output(run);
        task["container"] = Documents.ParseObject(run.Documents.Container);
        task["configuration"] = Documents.ParseObject(run.Documents.Configuration);
        task["runtime"] = Documents.ParseObject(run.Documents.Runtime);
        task["hyperparams"] = HyperParameters.Of(run.Parameters);
        task["models"] = TaskModels.Of(run.Models);
    }
}
