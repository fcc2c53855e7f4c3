using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;
using Braid.Primitives;
using Braid.Tracking.Logs;

namespace Braid.Pipelines.Logs;

/// <summary>
/// Picks the lines of datums that read certain files. A datum is looked up when its first line comes: a log that is followed
/// from the job's beginning has none before they are planned.
/// </summary>
internal sealed class LinesOfData(DatumCatalog datums, Job job, IReadOnlyList<string> data)
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

    private async Task<bool> MatchesAsync(Sha256Hash datum, CancellationToken ct) =>
        await datums.FindAsync(job, datum, ct) is { } found && DatumFilter.Matches(found, data);
}
