using System.Text.Json;
using Braid.Metadata;

namespace Braid.Workloads.Nodes;

/// <summary>A stored node.</summary>
internal sealed record NodeRow
{
    public const string Select = "SELECT name, agent, epoch, start, registered, last_seen, cordoned, machine FROM node";

    /// <summary>An agent that has not asked for so long counts as dead, and so do its replicas.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public string Name { get; init; } = "";
    public string Agent { get; init; } = "";
    public string Epoch { get; init; } = "";

    /// <summary>Counts the agent's processes.</summary>
    public long Start { get; init; }
    public DateTimeOffset Registered { get; init; }
    public DateTimeOffset LastSeen { get; init; }
    public bool Cordoned { get; init; }
    public string Machine { get; init; } = "{}";

    public static Task<NodeRow?> FindAsync(DbRead db, string name) =>
        db.FirstOrDefaultAsync<NodeRow>($"{Select} WHERE name = @name", new { name });

    public static Task<IReadOnlyList<NodeRow>> AllAsync(DbRead db) => db.QueryAsync<NodeRow>($"{Select} ORDER BY name");

    /// <summary>Makes the node, or gives it to the agent's new process.</summary>
    public static Task RegisterAsync(
        DbWrite db,
        string name,
        string agent,
        string epoch,
        long start,
        Machine machine,
        DateTimeOffset now
    ) =>
        db.ExecuteAsync(
            """
            INSERT INTO node (name, agent, epoch, start, registered, last_seen, cordoned, machine)
            VALUES (@name, @agent, @epoch, @start, @now, @now, FALSE, @text)
            ON CONFLICT (name) DO UPDATE SET
              agent = excluded.agent, epoch = excluded.epoch, start = excluded.start, registered = excluded.registered,
              last_seen = excluded.last_seen, machine = excluded.machine
            """,
            new
            {
                name,
                agent,
                epoch,
                start,
                now,
                text = JsonSerializer.Serialize(machine, WorkloadsJson.Default.Machine),
            }
        );

    /// <summary>Notes when its agent asked.</summary>
    public static Task SeeAsync(DbWrite db, string name, DateTimeOffset at) =>
        db.ExecuteAsync("UPDATE node SET last_seen = @at WHERE name = @name", new { name, at });

    public bool IsAlive(DateTimeOffset now) => now - LastSeen < Patience;

    public Machine ReadMachine() =>
        JsonSerializer.Deserialize(Machine, WorkloadsJson.Default.Machine)
        ?? throw new InvalidDataException($"node {Name} has no machine");

    public Node ToNode(DateTimeOffset now) =>
        new()
        {
            Name = Name,
            Machine = ReadMachine(),
            Registered = Registered,
            LastSeen = LastSeen,
            IsCordoned = Cordoned,
            IsAlive = IsAlive(now),
        };
}
