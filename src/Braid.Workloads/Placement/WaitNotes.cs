using Braid.Primitives;
using Braid.Scheduling.Outcomes;

namespace Braid.Workloads.Placement;

/// <summary>Why a workload waits, to be written down.</summary>
/// <param name="Codes">The kinds of all that is in its way.</param>
internal sealed record WaitNote(RunId Workload, string Codes, string Why);

/// <summary>
/// Which reasons to wait are worth a write: those of a new kind at once, and those that only count otherwise after a while. Whatever starts
/// or ends changes the numbers of everybody who waits for the same machines. A server that starts anew knows nothing, and writes all once.
/// </summary>
internal sealed class WaitNotes
{
    /// <summary>Of a text.</summary>
    private const int longestReason = 2000;

    /// <summary>For so long numbers may be old.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    private Dictionary<RunId, (string Codes, DateTimeOffset At)> written = [];

    public IReadOnlyList<WaitNote> Due(ClusterRows seen, Decisions decisions, DateTimeOffset now)
    {
        var told = seen.Workloads.ToDictionary(row => row.Id, row => row.Waiting);
        return
        [
            .. decisions
                .Waits.Where(wait => told.ContainsKey(wait.Workload))
                .Select(wait => (Codes: CodesOf(wait), Wait: wait))
                .Where(pair => IsDue(pair.Wait.Workload, pair.Codes, told[pair.Wait.Workload], now))
                .Select(pair => new WaitNote(pair.Wait.Workload, pair.Codes, TextOf(pair.Wait)))
                .Where(note => told[note.Workload] != note.Why),
        ];
    }

    /// <summary>Remembers what was written, of those who still wait.</summary>
    public void Keep(IReadOnlyList<WaitNote> notes, Decisions decisions, DateTimeOffset now)
    {
        var waiting = decisions.Waits.Select(wait => wait.Workload).ToHashSet();
        written = written
            .Where(note => waiting.Contains(note.Key))
            .Concat(notes.Select(note => KeyValuePair.Create(note.Workload, (note.Codes, now))))
            .GroupBy(note => note.Key)
            .ToDictionary(notes => notes.Key, notes => notes.Last().Value);
    }

    private bool IsDue(RunId workload, string codes, string told, DateTimeOffset now) =>
        told.Length == 0
        || !written.TryGetValue(workload, out var last)
        || last.Codes != codes
        || last.At + patience <= now
        || last.At > now;

    private static string CodesOf(Wait wait) =>
        string.Join(' ', wait.Constraints.Select(constraint => constraint.Code).Distinct());

    private static string TextOf(Wait wait)
    {
        var why = string.Join("; ", wait.Constraints.Select(constraint => constraint.Message));
        return why.Length > longestReason ? why[..longestReason] : why;
    }
}
