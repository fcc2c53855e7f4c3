using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Datasets;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.started</c>, <c>stopped</c>, <c>failed</c>, <c>completed</c>, <c>close</c>: a client says where its task is.</summary>
internal static class ChangeStatus
{
    public static async Task<Result<JsonObject>> StartedAsync(ApiCall call, CancellationToken ct)
    {
        var started = await GoAsync(call, RunStatus.InProgress, ct);
        return started.Select(data => With(data, "started", 1));
    }

    public static Task<Result<JsonObject>> StoppedAsync(ApiCall call, CancellationToken ct) =>
        GoAsync(call, RunStatus.Stopped, ct);

    public static Task<Result<JsonObject>> FailedAsync(ApiCall call, CancellationToken ct) =>
        GoAsync(call, RunStatus.Failed, ct);

    /// <summary>Only what was stopped can be closed.</summary>
    public static Task<Result<JsonObject>> CloseAsync(ApiCall call, CancellationToken ct) =>
        GoAsync(call, RunStatus.Closed, ct);

    public static async Task<Result<JsonObject>> CompletedAsync(ApiCall call, CancellationToken ct)
    {
        var isDataset = await DatasetTasks.IsAsync(call, ct);
        var completed = await GoAsync(call, RunStatus.Completed, ct, isDataset);
        if (!completed.IsOk || call.Fields.Flag("publish") != true)
        {
            return completed.Select(data => With(data, "published", 0));
        }

        var published = await PublishTask.HandleAsync(call, ct);
        return published.Select(data => With(data, "published", 1));
    }

    /// <summary>What a change of status is answered with.</summary>
    public static JsonObject Reply(Run run) =>
        new()
        {
            ["updated"] = 1,
            ["fields"] = new JsonObject
            {
                ["status"] = run.Status.ToText(),
                ["status_reason"] = run.StatusReason,
                ["status_message"] = run.StatusMessage,
                ["status_changed"] = Times.Iso(run.StatusChanged),
                ["last_update"] = Times.Iso(run.LastUpdate),
                ["last_change"] = Times.Iso(run.LastChange),
                ["last_changed_by"] = run.LastChangedBy,
                ["started"] = Times.Iso(run.Started),
                ["completed"] = Times.Iso(run.Completed),
                ["published"] = Times.Iso(run.Published),
            }.WithoutNulls(),
        };

    /// <summary>The change that the request asks for.</summary>
    public static StatusChange Read(Fields fields, RunStatus to) =>
        new(to)
        {
            Reason = fields.Text("status_reason") ?? "",
            Message = fields.Text("status_message") ?? "",
            Force = fields.Flag("force") == true,
        };

    private static async Task<Result<JsonObject>> GoAsync(
        ApiCall call,
        RunStatus to,
        CancellationToken ct,
        bool isDataset = false
    )
    {
        var id = call.Fields.Task();
        var change = Read(call.Fields, to) with { CompletesDataset = isDataset };
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        return (await call.Rooms.Runs.SetStatusAsync(call.Caller, id, change, ct)).Select(Reply);
    }

    private static JsonObject With(JsonObject data, string name, int value)
    {
        data[name] = value;
        return data;
    }
}
