namespace Braid.Metadata.Leases;

/// <summary>
/// A right that one holder has at a time, until it lapses. Taking it again renews it, which costs a write at most every half
/// of its time: so much is always left of it when <see cref="TakeAsync"/> has said yes.
/// </summary>
/// <param name="name">What it is the right to.</param>
/// <param name="holder">Who asks: unlike every other process.</param>
public sealed class DatabaseLease(Database database, string name, string holder, TimeSpan time, TimeProvider clock)
{
    private DateTimeOffset until;

    /// <summary>Takes or renews it; false while another holder has it.</summary>
    public async Task<bool> TakeAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (until - now > time / 2)
        {
            return true;
        }

        var taken = await database.WriteAsync(
            db =>
                db.ExecuteAsync(
                    """
                    INSERT INTO lease (name, holder, expires_at) VALUES (@name, @holder, @expires)
                    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
                    WHERE lease.holder = @holder OR lease.expires_at < @now
                    """,
                    new
                    {
                        name,
                        holder,
                        expires = now + time,
                        now,
                    }
                ),
            ct
        );
        until = taken > 0 ? now + time : default;
        return taken > 0;
    }

    /// <summary>In a transaction: nobody else has it, as far as this one sees.</summary>
    public async Task<bool> IsHeldAsync(DbRead db) =>
        await db.ScalarAsync<long>(
            "SELECT COUNT(*) FROM lease WHERE name = @name AND holder = @holder AND expires_at >= @now",
            new
            {
                name,
                holder,
                now = clock.GetUtcNow(),
            }
        ) > 0;

    /// <summary>Does work that may outlast the lease, which is renewed meanwhile. The work is cancelled when another got it.</summary>
    /// <returns>What the work answers; false when the lease is another's.</returns>
    public async Task<bool> HoldAsync(Func<CancellationToken, Task<bool>> work, CancellationToken ct)
    {
        if (!await TakeAsync(ct))
        {
            return false;
        }

        using var held = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var renewing = RenewAsync(held);
        try
        {
            return await work(held.Token);
        }
        catch (OperationCanceledException) when (held.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            await held.CancelAsync();
            await renewing;
        }
    }

    private async Task RenewAsync(CancellationTokenSource held)
    {
        try
        {
            while (await TakeAsync(held.Token))
            {
                await Task.Delay(time / 4, clock, held.Token);
            }
        }
        catch (OperationCanceledException) when (held.IsCancellationRequested)
        {
            // The work has ended.
        }
        finally
        {
            await held.CancelAsync();
        }
    }
}
