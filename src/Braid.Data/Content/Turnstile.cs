namespace Braid.Data.Content;

/// <summary>
/// Lets the writers of one repo in this process through one after the other, in order of arrival. It spares work and is not
/// what makes writes right: a writer that another server's overtook still notices, and starts again.
/// </summary>
internal sealed class Turnstile
{
    private readonly Lock guard = new();
    private readonly Dictionary<string, Task> last = new(StringComparer.Ordinal);

    /// <summary>Runs an action when all that came before it with the same key have ended.</summary>
    public async Task<T> PassAsync<T>(string key, Func<Task<T>> action, CancellationToken ct)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (guard)
        {
            before = last.GetValueOrDefault(key, Task.CompletedTask);
            last[key] = done.Task;
        }

        try
        {
            await before.WaitAsync(ct);
            return await action();
        }
        finally
        {
            Leave(key, before, done);
        }
    }

    private void Leave(string key, Task before, TaskCompletionSource done)
    {
        lock (guard)
        {
            if (last[key] == done.Task && before.IsCompleted)
            {
                last.Remove(key);
            }
        }

        // One that gave up waiting lets the next through only when those before it have ended.
        _ = before.ContinueWith(_ => done.SetResult(), TaskScheduler.Default);
    }
}
