using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Workers;

internal sealed record WorkerRow
{
    public const string Columns =
        "name, user_name, address, registered, timeout, last_activity, last_report, queues, queue_id, run_id, labels, system_labels, gpus";

    public string Name { get; init; } = "";
    public string UserName { get; init; } = "";
    public string Address { get; init; } = "";
    public DateTimeOffset Registered { get; init; }
    public long Timeout { get; init; }
    public DateTimeOffset LastActivity { get; init; }
    public DateTimeOffset LastReport { get; init; }
    public string Queues { get; init; } = "";
    public QueueId? QueueId { get; init; }
    public RunId? RunId { get; init; }
    public string Labels { get; init; } = "";
    public string SystemLabels { get; init; } = "";
    public long Gpus { get; init; }

    public static Task<WorkerRow?> FindAsync(DbRead db, string name) =>
        db.FirstOrDefaultAsync<WorkerRow>($"SELECT {Columns} FROM worker WHERE name = @name", new { name });

    public Worker ToWorker() =>
        new()
        {
            Name = Name,
            User = UserName,
            Address = Address,
            Registered = Registered,
            Timeout = TimeSpan.FromMicroseconds(Timeout),
            LastActivity = LastActivity,
            LastReport = LastReport,
            Queues = [.. Tracking.Labels.Unpack(Queues).Select(Primitives.QueueId.Parse)],
            Queue = QueueId,
            Run = RunId,
            Gpus = (int)Gpus,
            Labels = Tracking.Labels.Unpack(Labels),
            SystemLabels = Tracking.Labels.Unpack(SystemLabels),
        };
}
