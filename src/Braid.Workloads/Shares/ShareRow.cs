using System.Text.Json;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Workloads.Shares;

/// <summary>A stored share.</summary>
internal sealed record ShareRow
{
    public const string Select = "SELECT name, id, has_queue, parent, namespace, created, terms FROM share";

    public string Name { get; init; } = "";
    public string? Parent { get; init; }
    public QueueId Id { get; init; }
    public bool HasQueue { get; init; }
    public string Namespace { get; init; } = "";
    public DateTimeOffset Created { get; init; }
    public string Terms { get; init; } = "{}";

    public static Task<ShareRow?> FindAsync(DbRead db, string name) =>
        db.FirstOrDefaultAsync<ShareRow>($"{Select} WHERE name = @name", new { name });

    public static Task<ShareRow?> OfQueueAsync(DbRead db, QueueId queue) =>
        db.FirstOrDefaultAsync<ShareRow>($"{Select} WHERE id = @queue AND has_queue", new { queue });

    /// <summary>The name itself, of a share that has no parts; null where there is none.</summary>
    public static Task<string?> TakingWorkAsync(DbRead db, string name) =>
        db.FirstOrDefaultAsync<string>(
            "SELECT name FROM share WHERE name = @name AND name NOT IN (SELECT parent FROM share WHERE parent IS NOT NULL)",
            new { name }
        );

    public static Task<IReadOnlyList<ShareRow>> AllAsync(DbRead db) =>
        db.QueryAsync<ShareRow>($"{Select} ORDER BY name");

    public static Task<int> InsertAsync(DbWrite db, ShareRow row) =>
        db.ExecuteAsync(
            """
            INSERT INTO share (name, id, has_queue, parent, namespace, created, terms)
            VALUES (@Name, @Id, @HasQueue, @Parent, @Namespace, @Created, @Terms) ON CONFLICT (name) DO NOTHING
            """,
            row
        );

    public static string Pack(ShareTerms terms) => JsonSerializer.Serialize(terms, WorkloadsJson.Default.ShareTerms);

    public Share ToShare() =>
        new()
        {
            Name = Name,
            Parent = Parent,
            Id = Id,
            HasQueue = HasQueue,
            Namespace = Namespace,
            Created = Created,
            Terms =
                JsonSerializer.Deserialize(Terms, WorkloadsJson.Default.ShareTerms)
                ?? throw new InvalidDataException($"share {Name} has no terms"),
        };
}
