using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Queues;

internal sealed record QueueRow
{
    public const string Columns =
        "e.id, e.name, e.display_name, e.user_name, e.created, e.last_update, e.labels, e.system_labels, e.metadata, e.placed";

    public QueueId Id { get; init; }
    public string Name { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public string UserName { get; init; } = "";
    public DateTimeOffset Created { get; init; }
    public DateTimeOffset LastUpdate { get; init; }
    public string Labels { get; init; } = "";
    public string SystemLabels { get; init; } = "";
    public string Metadata { get; init; } = "{}";

    /// <summary>Its runs are handed out by whoever places work.</summary>
    public bool Placed { get; init; }

    public static Task<QueueRow?> FindAsync(DbRead db, QueueId id) =>
        db.FirstOrDefaultAsync<QueueRow>($"SELECT {Columns} FROM queue e WHERE e.id = @id", new { id });

    public static Task<QueueRow?> FindAsync(DbRead db, string name) =>
        db.FirstOrDefaultAsync<QueueRow>($"SELECT {Columns} FROM queue e WHERE e.name = @name", new { name });

    public static Task TouchAsync(DbWrite db, QueueId id, DateTimeOffset now)
    {
        db.Announce(Topics.Queue(id));
        return db.ExecuteAsync("UPDATE queue SET last_update = @now WHERE id = @id", new { id, now });
    }

    public Queue ToQueue(IReadOnlyList<QueueEntry> entries) =>
        new()
        {
            Id = Id,
            Name = Name,
            DisplayName = DisplayName,
            User = UserName,
            Created = Created,
            LastUpdate = LastUpdate,
            Labels = Tracking.Labels.Unpack(Labels),
            SystemLabels = Tracking.Labels.Unpack(SystemLabels),
            Metadata = Metadata,
            Entries = entries,
        };
}
