using System.Collections.Frozen;
using Braid.Gateway.ClearML.Queries;
using Braid.Gateway.ClearML.Reports;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary>What a query for tasks may name, and the words that a task may use.</summary>
internal static class TaskWords
{
    public static FrozenSet<string> Types { get; } =
        FrozenSet.Create(
            StringComparer.Ordinal,
            "training",
            "testing",
            "inference",
            "data_processing",
            "application",
            "monitor",
            "controller",
            "report",
            "optimizer",
            "service",
            "qc",
            "custom"
        );

    public static Vocabulary Vocabulary { get; } =
        new()
        {
            Patterns = new Dictionary<string, Field>
            {
                ["name"] = RunFields.Name,
                ["comment"] = RunFields.Comment,
                [ReportText.Text] = RunFields.InExtra([ReportText.Text]),
            },
            Lists = new Dictionary<string, Listed>
            {
                ["tags"] = Listed.Labels(system: false),
                ["system_tags"] = Listed.Labels(system: true),
                ["user"] = Listed.Attribute(RunFields.User),
                ["type"] = Listed.Attribute(RunFields.Type),
                ["status"] = Listed.Attribute(RunFields.Status),
                ["project"] = Listed.Attribute(RunFields.Project),
                ["parent"] = Listed.Attribute(RunFields.Parent),
                ["execution.queue"] = Listed.Attribute(RunFields.Queue),
                ["models.input.model"] = Listed.Attribute(new Field.LinkedModel(RunModelKind.Input)),
                ["models.output.model"] = Listed.Attribute(new Field.LinkedModel(RunModelKind.Output)),
            },
            Times = new Dictionary<string, Field>
            {
                ["created"] = RunFields.Created,
                ["started"] = RunFields.Started,
                ["completed"] = RunFields.Completed,
                ["published"] = RunFields.Published,
                ["status_changed"] = RunFields.StatusChanged,
                ["last_update"] = RunFields.LastUpdate,
                ["last_change"] = RunFields.LastChange,
            },
            Numbers = new Dictionary<string, Field>
            {
                ["last_iteration"] = RunFields.LastIteration,
                ["active_duration"] = RunFields.ActiveSeconds,
            },
            Keys = new Dictionary<string, Field>
            {
                ["id"] = RunFields.Id,
                ["user"] = RunFields.User,
                ["type"] = RunFields.Type,
                ["status"] = RunFields.Status,
                ["project"] = RunFields.Project,
                ["parent"] = RunFields.Parent,
                ["last_worker"] = RunFields.LastWorker,
                ["execution.queue"] = RunFields.Queue,
                ["status_reason"] = RunFields.StatusReason,
                ["status_message"] = RunFields.StatusMessage,
            },
            Named = Named,
            Known = new HashSet<string>(StringComparer.Ordinal)
            {
                "id",
                "name",
                "type",
                "status",
                "status_reason",
                "status_message",
                "status_changed",
                "comment",
                "report",
                "report_assets",
                "created",
                "started",
                "completed",
                "published",
                "active_duration",
                "parent",
                "project",
                "company",
                "company_origin",
                "user",
                "output",
                "execution",
                "tags",
                "system_tags",
                "script",
                "last_worker",
                "last_worker_report",
                "last_update",
                "last_change",
                "last_changed_by",
                "last_iteration",
                "last_metrics",
                "metric_stats",
                "unique_metrics",
                "hyperparams",
                "configuration",
                "runtime",
                "models",
                "container",
                "enqueue_status",
                "hidden",
            },
        };

    private static Field? Named(string path) => Parameter(path) ?? Runtime(path) ?? MetricPath.Read(path);

    /// <summary><c>hyperparams.Section.name</c>, with <c>.value</c> at the end or without.</summary>
    private static Field.Parameter? Parameter(string path)
    {
        if (path.Split('.', 3) is not ["hyperparams", var section, var name])
        {
            return null;
        }

        const string value = ".value";
        var isValue = name.EndsWith(value, StringComparison.Ordinal);
        return new(EscapedName.Read(section), EscapedName.Read(isValue ? name[..^value.Length] : name));
    }

    private static Field? Runtime(string path) =>
        path.Split('.') is ["runtime", _, ..] names
            ? RunFields.InRuntime([.. names.Skip(1).Select(EscapedName.Read)])
            : null;
}
