using Braid.Metadata;
using Braid.Metadata.Leases;
using Braid.Primitives;
using Braid.Storage.Sweeping;

namespace Braid.Server.Sweeping;

/// <summary>The right to sweep, by a row of the database that all servers of the store share.</summary>
internal sealed class SweepLease(Database database, TimeProvider clock, IdSource ids) : ISweepLease
{
    private readonly DatabaseLease lease = new(
        database,
        "sweep",
        ids.Next().ToString(),
        TimeSpan.FromMinutes(10),
        clock
    );

    public Task<bool> TakeAsync(CancellationToken ct) => lease.TakeAsync(ct);
}
