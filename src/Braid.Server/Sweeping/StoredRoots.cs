using Braid.Data;
using Braid.Metadata;
using Braid.Pipelines.Datums;
using Braid.Primitives;
using Braid.Storage.Roots;
using Braid.Tracking.Artifacts;

namespace Braid.Server.Sweeping;

/// <summary>
/// The references of all domains, from one snapshot of the database: content that passes from one domain to another is
/// in the snapshot with the one or with the other.
/// </summary>
internal sealed class StoredRoots(Database database) : IStoredRoots
{
    private static readonly Func<DbRead, IAsyncEnumerable<StoredRoot>>[] domains =
    [
        DataRoots.ReadAsync,
        ArtifactRoots.ReadAsync,
        DatumRoots.ReadAsync,
    ];

    public Task VisitAsync(Action<StoredRoot> visit, CancellationToken ct) =>
        database.ReadSettledAsync(
            async db =>
            {
                foreach (var read in domains)
                {
                    await foreach (var root in read(db).WithCancellation(ct))
                    {
                        visit(root);
                    }
                }

                return Unit.Value;
            },
            ct
        );
}
