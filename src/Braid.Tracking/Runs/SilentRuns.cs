using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Runs;

/// <summary>
/// Stops runs whose programs used to say that they live, and have not been heard of for hours: they were killed, or lost their
/// machine. Of programs that never say so nobody knows, so theirs go on. A loop calls <see cref="StepAsync"/>.
/// </summary>
public sealed class SilentRuns(Database database, TimeProvider clock)
{
    /// <summary>How long a program may be silent.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(2);

    private const string reason = "Forced stop (non-responsive)";
    private const string system = "braid";

    private const string silent = """
        SELECT id FROM run
        WHERE status = 'in_progress' AND owner = 'client' AND pinged IS NOT NULL AND last_update < @before
        """;

    // While there was no server nobody could be heard.
    private readonly DateTimeOffset start = clock.GetUtcNow();

    /// <returns>False: what is noticed next takes time to come.</returns>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Patience;
        if (start > before)
        {
            return false;
        }

        foreach (var run in await database.ReadAsync(db => db.QueryAsync<RunId>(silent, new { before }), ct))
        {
            await database.WriteAsync(db => StopAsync(db, run, before), ct);
        }

        return false;
    }

    private async Task StopAsync(DbWrite db, RunId run, DateTimeOffset before)
    {
        // It may have been heard of, or have ended, since.
        if ((await db.QueryAsync<RunId>($"{silent} AND id = @run", new { before, run })).Count > 0)
        {
            var change = new StatusChange(RunStatus.Stopped) { Reason = reason, Message = reason };
            await StatusChanges.WriteAsync(db, run, RunStatus.InProgress, change, clock.GetUtcNow(), system);
        }
    }
}
