using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Workloads.Submission;

/// <summary>Finds the workload that somebody means: by its name, or by the first digits of its id.</summary>
internal static class WorkloadLookup
{
    private const int leastDigits = 4;

    public static async Task<Result<RunId>> FindAsync(DbRead db, string which, string? share)
    {
        var named = await db.QueryAsync<Row>(
            """
            SELECT id, share FROM workload
            WHERE name = @which AND (CAST(@share AS TEXT) IS NULL OR share = @share) ORDER BY ended IS NOT NULL, created DESC
            """,
            new { which, share }
        );
        if (named.Count > 0)
        {
            var shares = named.Select(row => row.Share).Distinct(StringComparer.Ordinal).ToList();
            return shares.Count == 1
                ? named[0].Id
                : Errors.AmbiguousWorkload(which, shares.Select(one => $"{one}/{which}"));
        }

        return IsBeginning(which) ? await OfDigitsAsync(db, which) : Errors.NoSuchWorkload(which);
    }

    /// <summary>The id itself; of a job that only parts of are workloads, that of the part that was made last.</summary>
    public static async Task<RunId> OfIdAsync(DbRead db, RunId id) =>
        await db.FirstOrDefaultAsync<RunId?>(
            """
            SELECT id FROM workload WHERE id = @id OR (run_id = @id AND run_id <> id)
            ORDER BY ended IS NOT NULL, created DESC LIMIT 1
            """,
            new { id }
        ) ?? id;

    private static async Task<Result<RunId>> OfDigitsAsync(DbRead db, string digits)
    {
        var found = await db.QueryAsync<RunId>(
            "SELECT id FROM workload WHERE id >= @first AND id <= @last ORDER BY id LIMIT 2",
            new { first = digits.PadRight(Hex32.Length, '0'), last = digits.PadRight(Hex32.Length, 'f') }
        );
        return found.Count switch
        {
            0 => Errors.NoSuchWorkload(digits),
            1 => found[0],
            _ => Errors.AmbiguousWorkload(digits, found.Select(id => $"{id}")),
        };
    }

    private static bool IsBeginning(string text) =>
        text.Length is >= leastDigits and < Hex32.Length && text.All(char.IsAsciiHexDigitLower);

    private sealed record Row
    {
        public RunId Id { get; init; }
        public string Share { get; init; } = "";
    }
}
