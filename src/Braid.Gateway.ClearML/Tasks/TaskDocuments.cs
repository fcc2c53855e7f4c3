using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary>The free sections of a task, with the fields that clients count on.</summary>
internal static class TaskDocuments
{
    public static JsonObject Script(Run run)
    {
        var script = Documents.ParseObject(run.Documents.Script);
        script.TryAdd("binary", "python");
        script.TryAdd("repository", "");
        script.TryAdd("entry_point", "");
        script.TryAdd("working_dir", "");
        return script;
    }

    /// <summary>The artifacts are kept as rows of their own and come back in their place here.</summary>
    public static JsonObject Execution(Run run)
    {
        var execution = Documents.ParseObject(run.Documents.Execution);
        execution.TryAdd("parameters", new JsonObject());
        execution.TryAdd("model_desc", new JsonObject());
        execution.TryAdd("model_labels", new JsonObject());
        if (run.QueueId is { } queue)
        {
            execution["queue"] = queue.ToString();
        }

        execution["artifacts"] = new JsonArray([.. run.Artifacts.Select(TaskArtifact.Of)]);
        return execution;
    }

    public static JsonObject Output(Run run) => Documents.ParseObject(run.Documents.Output);
}
