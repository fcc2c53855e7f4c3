using Braid.Gateway.MLflow.Wire;
using Braid.Tracking.Runs;

namespace Braid.Gateway.MLflow.Runs;

/// <summary>The protocol's five statuses and the domain's ten.</summary>
internal static class RunStatuses
{
    /// <summary>The protocol's numbers are the positions, from 1.</summary>
    public static readonly IReadOnlyList<string> Names = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"];

    public static string NameOf(RunStatus status) =>
        status switch
        {
            RunStatus.InProgress => "RUNNING",
            RunStatus.Created or RunStatus.Queued => "SCHEDULED",
            RunStatus.Completed or RunStatus.Closed or RunStatus.Publishing or RunStatus.Published => "FINISHED",
            RunStatus.Stopped => "KILLED",
            _ => "FAILED",
        };

    /// <summary>The domain's words for every status that shows under this name.</summary>
    public static IReadOnlyList<string> WordsOf(string name) =>
        [.. Enum.GetValues<RunStatus>().Where(status => NameOf(status) == name).Select(status => status.ToText())];

    /// <summary>Reads a status by name or number; null when it is absent.</summary>
    public static RunStatus? Read(Fields fields, string name)
    {
        var text = fields.Raw(name)?.ToString();
        switch (text)
        {
            case null or "":
                return null;
            case "RUNNING" or "1":
                return RunStatus.InProgress;
            case "SCHEDULED" or "2":
                return RunStatus.Created;
            case "FINISHED" or "3":
                return RunStatus.Completed;
            case "FAILED" or "4":
                return RunStatus.Failed;
            case "KILLED" or "5":
                return RunStatus.Stopped;
            default:
                fields.Refuse(Errors.InvalidValue(name, text, $"it is one of {string.Join(", ", Names)}."));
                return null;
        }
    }
}
