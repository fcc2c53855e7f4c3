namespace Braid.Client.Sending;

/// <summary>
/// Tells each problem once, in their order, however often it happens and wherever. The program's callback runs on a thread of the
/// pool, never on one that logs or delivers: it may throw, wait, or log in its turn, and nothing waits for it but, for a
/// moment, the end of the run.
/// </summary>
internal sealed class Problems(Action<string> tell)
{
    private const int most = 20;
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly HashSet<string> told = [];
    private Task telling = Task.CompletedTask;

    public void Report(string problem)
    {
        lock (gate)
        {
            if (told.Count < most && told.Add(problem))
            {
                Tell(problem);
            }
        }
    }

    /// <summary>The last that a run has to say: told however many problems there were before.</summary>
    public void Conclude(string summary)
    {
        lock (gate)
        {
            Tell(summary);
        }
    }

    /// <summary>Completes when what was reported so far is told, or the callback keeps it waiting for too long.</summary>
    public async Task ToldAsync()
    {
        Task last;
        lock (gate)
        {
            last = telling;
        }

        try
        {
            await last.WaitAsync(patience, TimeProvider.System); // people wait, whatever the clock of the run
        }
        catch (TimeoutException)
        {
            // The callback stands still: the run ends without it.
        }
    }

    private void Tell(string problem) =>
        telling = telling.ContinueWith(
            _ => TryTell(problem),
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default
        );

    private void TryTell(string problem)
    {
        try
        {
            tell(problem);
        }
        catch (Exception error)
        {
            // The program's own code, whatever it throws: all that is left is to say so where people look.
            Console.Error.WriteLine($"braid: {problem} (OnProblem threw {error.GetType().Name}: {error.Message})");
        }
    }
}
