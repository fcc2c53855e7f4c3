namespace Braid.Storage.Sweeping;

/// <summary>The right to sweep, which one server has at a time.</summary>
public interface ISweepLease
{
    /// <summary>Takes or renews the lease, for minutes; false while another server has it.</summary>
    Task<bool> TakeAsync(CancellationToken ct);
}
