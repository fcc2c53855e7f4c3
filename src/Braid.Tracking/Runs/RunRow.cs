using Braid.Primitives;

namespace Braid.Tracking.Runs;

internal sealed record RunRow
{
    public const string From = "FROM run e JOIN project p ON p.id = e.project_id";

    public const string Columns = """
        e.id, e.project_id, p.number AS project_number, e.name, e.type, e.status, e.status_reason, e.status_message,
        e.status_changed, e.reported_status, e.reported_reason, e.comment, e.user_name, e.parent_id, e.owner, e.created,
        e.started, e.completed, e.published, e.last_update, e.last_change, e.last_changed_by, e.last_iteration,
        e.last_worker, e.last_worker_report, e.trashed, e.labels, e.system_labels, e.script, e.execution, e.container,
        e.configuration, e.runtime, e.output, e.extra, e.queue_id
        """;

    public RunId Id { get; init; }
    public ProjectId ProjectId { get; init; }
    public long ProjectNumber { get; init; }
    public string Name { get; init; } = "";
    public string Type { get; init; } = "";
    public string Status { get; init; } = "";
    public string StatusReason { get; init; } = "";
    public string StatusMessage { get; init; } = "";
    public DateTimeOffset StatusChanged { get; init; }
    public string? ReportedStatus { get; init; }
    public string ReportedReason { get; init; } = "";
    public string Comment { get; init; } = "";
    public string UserName { get; init; } = "";
    public RunId? ParentId { get; init; }
    public string Owner { get; init; } = "";
    public DateTimeOffset Created { get; init; }
    public DateTimeOffset? Started { get; init; }
    public DateTimeOffset? Completed { get; init; }
    public DateTimeOffset? Published { get; init; }
    public DateTimeOffset LastUpdate { get; init; }
    public DateTimeOffset LastChange { get; init; }
    public string LastChangedBy { get; init; } = "";
    public long LastIteration { get; init; }
    public string LastWorker { get; init; } = "";
    public DateTimeOffset? LastWorkerReport { get; init; }
    public DateTimeOffset? Trashed { get; init; }
    public string Labels { get; init; } = "";
    public string SystemLabels { get; init; } = "";
    public QueueId? QueueId { get; init; }
    public string? Script { get; init; }
    public string? Execution { get; init; }
    public string? Container { get; init; }
    public string? Configuration { get; init; }
    public string? Runtime { get; init; }
    public string? Output { get; init; }
    public string? Extra { get; init; }

    public Run ToRun() =>
        new()
        {
            Id = Id,
            ProjectId = ProjectId,
            ProjectNumber = ProjectNumber,
            Name = Name,
            Type = Type,
            Status = StatusText.Parse(Status),
            StatusReason = StatusReason,
            StatusMessage = StatusMessage,
            StatusChanged = StatusChanged,
            ReportedStatus = ReportedStatus is null ? null : StatusText.Parse(ReportedStatus),
            ReportedReason = ReportedReason,
            Comment = Comment,
            User = UserName,
            ParentId = ParentId,
            Owner = Owner == OwnerText(RunOwner.Job) ? RunOwner.Job : RunOwner.Client,
            Created = Created,
            Started = Started,
            Completed = Completed,
            Published = Published,
            LastUpdate = LastUpdate,
            LastChange = LastChange,
            LastChangedBy = LastChangedBy,
            LastIteration = LastIteration,
            LastWorker = LastWorker,
            LastWorkerReport = LastWorkerReport,
            Trashed = Trashed,
            Labels = Tracking.Labels.Unpack(Labels),
            SystemLabels = Tracking.Labels.Unpack(SystemLabels),
            QueueId = QueueId,
            Documents = Documents(),
        };

    public static string OwnerText(RunOwner owner) => owner == RunOwner.Job ? "job" : "client";

    private RunDocuments Documents() =>
        new()
        {
            Script = Script,
            Execution = Execution,
            Container = Container,
            Configuration = Configuration,
            Runtime = Runtime,
            Output = Output,
            Extra = Extra,
        };
}
