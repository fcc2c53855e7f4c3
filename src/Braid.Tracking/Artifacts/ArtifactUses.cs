using Braid.Metadata;

namespace Braid.Tracking.Artifacts;

/// <summary>
/// Counts what files take, which goes through all of them. However often it is asked, it reads for a twentieth of the time at most: an
/// answer counts for as long as that makes it.
/// </summary>
internal sealed class ArtifactUses(Database database, TimeProvider clock)
{
    private const int rest = 20;
    private volatile Kept? last;

    public async Task<IReadOnlyList<ArtifactUse>> ReadAsync(CancellationToken ct)
    {
        if (last is { } kept && clock.GetElapsedTime(kept.ReadAt) < rest * kept.Took)
        {
            return kept.Uses;
        }

        var begun = clock.GetTimestamp();
        var uses = await database.ReadAsync(ArtifactUse.ReadAsync, ct);
        last = new(uses, clock.GetTimestamp(), clock.GetElapsedTime(begun));
        return uses;
    }

    private sealed record Kept(IReadOnlyList<ArtifactUse> Uses, long ReadAt, TimeSpan Took);
}
