namespace Braid.Pipelines.Workers.Gangs;

/// <summary>Asks again and again whether a lease is still its holder's.</summary>
/// <param name="isHeld">Asks the store.</param>
/// <param name="next">Waits until it is worth asking again.</param>
internal sealed class LeaseWatch(Func<CancellationToken, Task<bool>> isHeld, Func<CancellationToken, Task> next)
{
    /// <summary>Returns when the lease is lost, or when it is needed no more.</summary>
    /// <returns>False when it was held until then.</returns>
    public async Task<bool> IsLostBeforeAsync(CancellationToken done)
    {
        try
        {
            while (await IsHeldAsync(done))
            {
                await next(done);
            }

            return true;
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>A store that cannot be asked has given it to nobody else; what its holder did is recorded only if it still is its own.</summary>
    private async Task<bool> IsHeldAsync(CancellationToken done)
    {
        try
        {
            return await isHeld(done);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return true;
        }
    }
}
