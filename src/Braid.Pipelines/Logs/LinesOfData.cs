using Braid.Metadata;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;
using Braid.Primitives;
using Braid.Tracking.Logs;

namespace Braid.Pipelines.Logs;

/// <summary>
/// Picks the lines of datums that read certain files. A datum is looked up when its first line comes: a log that is followed
/// from the job's beginning has none before they are planned.
/// </summary>
internal sealed class LinesOfData(Database database, Job job, IReadOnlyList<string> data)
{
    private readonly Dictionary<string, bool> known = new(StringComparer.Ordinal);

    /// <summary>True for every line when no files are asked for.</summary>
    public async ValueTask<bool> IncludesAsync(LogLine line, CancellationToken ct)
    {
        if (data.Count == 0)
        {
            return true;
        }

        var datum = line.Datum ?? "";
        if (!known.TryGetValue(datum, out var includes))
        {
            includes = Sha256Hash.TryParse(datum, out var id) && await MatchesAsync(id, ct);
            known.Add(datum, includes);
        }

        return includes;
    }

    private Task<bool> MatchesAsync(Sha256Hash datum, CancellationToken ct) =>
        database.ReadAsync(
            async db =>
                await JobRows.FindAsync(db, job.Pipeline, job.Set) is { } row
                && await DatumRows.FindAsync(db, row.Id, datum) is { } found
                && DatumFilter.Matches(found, data),
            ct
        );
}
