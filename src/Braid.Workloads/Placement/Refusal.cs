using Braid.Metadata;
using Braid.Primitives;
using Braid.Scheduling.Snapshots;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Placement;

/// <summary>A workload that cannot be placed whatever is free, such as one whose spec says nothing that can be read. It waits, and says why.</summary>
internal sealed record Refusal(RunId Workload, string Why)
{
    /// <summary>Names the kind of this reason to wait.</summary>
    public const string Code = "refused";

    private const string beginning = "cannot be placed: ";

    /// <summary>As it is kept with the workload.</summary>
    public string Text => $"{beginning}{Why}";

    public static Refusal Of(RunId workload, Exception error) => new(workload, error.Message);

    /// <summary>What was found out before; null when it was not refused.</summary>
    public static Refusal? Of(WorkloadRow row) =>
        row.Waiting.StartsWith(beginning, StringComparison.Ordinal)
            ? new(row.Id, row.Waiting[beginning.Length..])
            : null;

    /// <summary>Writes it down, once.</summary>
    public async Task NoteAsync(DbWrite db, DateTimeOffset now)
    {
        var noted = await db.ExecuteAsync(
            "UPDATE workload SET waiting = @Text WHERE id = @Workload AND waiting <> @Text AND ended IS NULL",
            new { Workload, Text }
        );
        if (noted > 0)
        {
            await WorkloadEvents.AddAsync(db, Workload, now, "Refused", Text);
        }
    }
}

/// <summary>How everything stands in the words of scheduling, and who is not in it.</summary>
internal sealed record MadeSnapshot(Snapshot Snapshot, IReadOnlyList<Refusal> Refused);
