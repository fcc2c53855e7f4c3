using Braid.Metadata;
using Braid.Primitives;
using Braid.Scheduling.Snapshots;
using Braid.Workloads.Placement;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Explaining;

/// <summary>
/// How long work runs that sets no time limit: as long as earlier work of its share and kind did that had the same name, but for its
/// last digits. What already runs for longer than most of it is expected to run as long as the longest.
/// </summary>
internal sealed class RunTimes
{
    /// <summary>Of each share, those that ended last.</summary>
    private const int mostAsked = 500;

    private readonly ILookup<(string Share, string Kind, string Stem), TimeSpan> seen;

    private RunTimes(IEnumerable<EndedRow> rows) =>
        seen = rows.ToLookup(row => (row.Share, row.Kind, StemOf(row.Name)), row => row.Ended - row.Started);

    /// <summary>Reads what is needed to say when those of the rows end.</summary>
    public static async Task<RunTimes> ReadAsync(DbRead db, ClusterRows cluster)
    {
        var rows = new List<EndedRow>();
        foreach (
            var share in cluster.Workloads.Where(row => row.Started is not null).Select(row => row.Share).Distinct()
        )
        {
            rows.AddRange(
                await db.QueryAsync<EndedRow>(
                    $"""
                    SELECT share, kind, name, started, ended FROM workload
                    WHERE share = @share AND state = @state AND started IS NOT NULL AND ended IS NOT NULL
                    ORDER BY created DESC LIMIT {mostAsked}
                    """,
                    new { share, state = $"{WorkloadState.Succeeded}" }
                )
            );
        }

        return new(rows);
    }

    /// <summary>The same snapshot, in which more of what runs says when it ends.</summary>
    /// <param name="expected">Of whom it was said by this.</param>
    public Snapshot Complete(Snapshot snapshot, ClusterRows cluster, out IReadOnlySet<RunId> expected)
    {
        var ends = cluster
            .Workloads.Where(row => row is { Started: not null, Ended: null })
            .Select(row => (row.Id, At: EndOf(row, snapshot.Now)))
            .Where(end => end.At is not null)
            .ToDictionary(end => end.Id, end => end.At);
        var completed = snapshot with
        {
            Workloads =
            [
                .. snapshot.Workloads.Select(workload =>
                    workload.ExpectedEnd is null && ends.TryGetValue(workload.Id, out var end)
                        ? workload with
                        {
                            ExpectedEnd = end,
                        }
                        : workload
                ),
            ],
        };
        expected = snapshot
            .Workloads.Where(workload => workload.ExpectedEnd is null && ends.ContainsKey(workload.Id))
            .Select(workload => workload.Id)
            .ToHashSet();
        return completed;
    }

    private DateTimeOffset? EndOf(WorkloadRow row, DateTimeOffset now)
    {
        var times = seen[(row.Share, row.Kind, StemOf(row.Name))].Order().ToList();
        var start = row.LastStart ?? row.Started;
        return times.Count == 0 ? null
            : start + times[times.Count / 2] is { } median && median > now ? median
            : start + times[^1] is { } longest && longest > now ? longest
            : null;
    }

    private static string StemOf(string name) => name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-');

    private sealed record EndedRow
    {
        public string Share { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Name { get; init; } = "";
        public DateTimeOffset Started { get; init; }
        public DateTimeOffset Ended { get; init; }
    }
}
