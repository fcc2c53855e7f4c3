namespace Braid.Metadata.Leases;

/// <summary>
/// A right that one holder has at a time, until it lapses. Taking it again renews it, which costs a write at most every half
/// of its time: so much is always left of it when <see cref="TakeAsync"/> has said yes. How long ago that was is no question of what
/// the clock says, which may be set; a row that lapses later than any holder could have meant was written before it was set back.
/// </summary>
/// <param name="name">What it is the right to.</param>
/// <param name="holder">Who asks: unlike every other process.</param>
public sealed class DatabaseLease(Database database, string name, string holder, TimeSpan time, TimeProvider clock)
{
    /// <summary>When it was renewed last; null when it is to be asked for.</summary>
    private long? renewed;

    /// <summary>Takes or renews it; false while another holder has it.</summary>
    public async Task<bool> TakeAsync(CancellationToken ct)
    {
        if (renewed is { } last && clock.GetElapsedTime(last) < time / 2)
        {
            return true;
        }

        var (now, asked) = (clock.GetUtcNow(), clock.GetTimestamp());
        var taken = await database.WriteAsync(
            db =>
                db.ExecuteAsync(
                    """
                    INSERT INTO lease (name, holder, expires_at) VALUES (@name, @holder, @expires)
                    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
                    WHERE lease.holder = @holder OR lease.expires_at < @now OR lease.expires_at > @never
                    """,
                    new
                    {
                        name,
                        holder,
                        expires = now + time,
                        now,
                        never = now + (2 * time),
                    }
                ),
            ct
        );
        renewed = taken > 0 ? asked : null;
        return taken > 0;
    }

    /// <summary>Gives it up, so that the next one need not wait until it lapses; nothing happens to another's.</summary>
    public async Task ReleaseAsync(CancellationToken ct)
    {
        renewed = null;
        await database.WriteAsync(
            db => db.ExecuteAsync("DELETE FROM lease WHERE name = @name AND holder = @holder", new { name, holder }),
            ct
        );
    }

    /// <summary>In a transaction: nobody else has it, as far as this one sees. When it says no, it is to be taken again.</summary>
    public async Task<bool> IsHeldAsync(DbRead db)
    {
        var isHeld =
            await db.ScalarAsync<long>(
                "SELECT COUNT(*) FROM lease WHERE name = @name AND holder = @holder AND expires_at >= @now",
                new
                {
                    name,
                    holder,
                    now = clock.GetUtcNow(),
                }
            ) > 0;
        renewed = isHeld ? renewed : null;
        return isHeld;
    }

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
