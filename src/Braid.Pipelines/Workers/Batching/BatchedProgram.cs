using System.Threading.Channels;
using Braid.Compute.Processes;
using Braid.Compute.Sessions;

namespace Braid.Pipelines.Workers.Batching;

/// <summary>
/// A program that stays alive and asks for one datum after the other: 1 a datum is offered; 2 the program asks, and gets its
/// variables; 3 when it asks again the datum has ended, well or with an error. A program that ends takes the datum that it has, or
/// was offered, with it. What it prints belongs to the datum that it has; between two batches it waits to be read.
/// </summary>
internal sealed class BatchedProgram
{
    private readonly Channel<Turn> offers = Channel.CreateBounded<Turn>(1);
    private readonly SandboxSession session;

    // Taken while a line is handed over, and as long as nobody reads.
    private readonly SemaphoreSlim reading = new(0, 1);
    private readonly Task<ProcessExit> exit;
    private Func<OutputLine, ValueTask> sink = _ => ValueTask.CompletedTask;
    private bool isAttached;
    private volatile Turn? current;
    private volatile bool isLate;

    public BatchedProgram(SandboxSession session, SessionCommand command)
    {
        this.session = session;
        exit = session.RunAsync(command, PrintAsync);
    }

    /// <summary>True once it has ended: the next datum needs another one.</summary>
    public bool IsOver => exit.IsCompleted;

    /// <summary>Offers a datum; how it ended.</summary>
    public async Task<BatchedOutcome> RunAsync(
        Dictionary<string, string> variables,
        TimeSpan? timeout,
        TimeProvider clock
    )
    {
        var turn = new Turn(variables);
        await using var timer = clock.CreateTimer(
            _ => Expire(),
            null,
            timeout ?? Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        await offers.Writer.WriteAsync(turn);
        if (await Task.WhenAny(turn.Ended.Task, exit) == turn.Ended.Task)
        {
            return new(null, await turn.Ended.Task);
        }

        // Nobody takes the offer any more.
        offers.Reader.TryRead(out _);
        var ended = await exit;
        return new(isLate ? ended with { Cause = ExitCause.TimedOut } : ended, "");
    }

    /// <summary>The program asks for its next datum, and says how it fared with the one that it has.</summary>
    public async Task<Dictionary<string, string>> NextAsync(string error, CancellationToken ct)
    {
        Interlocked.Exchange(ref current, null)?.Ended.TrySetResult(error);
        var turn = await offers.Reader.ReadAsync(ct);
        current = turn;
        return turn.Variables;
    }

    /// <summary>Where lines go from now on.</summary>
    public void Attach(Func<OutputLine, ValueTask> output)
    {
        sink = output;
        isAttached = true;
        reading.Release();
    }

    /// <summary>Returns when the last line has gone to where lines went; further ones wait.</summary>
    public async Task DetachAsync()
    {
        await reading.WaitAsync();
        isAttached = false;
    }

    public void Stop() => session.Stop();

    /// <summary>Ends the program; nobody reads the rest of what it printed.</summary>
    public async ValueTask DisposeAsync()
    {
        session.Stop();
        if (!isAttached)
        {
            Attach(_ => ValueTask.CompletedTask);
        }

        // What it threw was told to whoever waited for a datum.
        await Task.WhenAny(exit);
        await session.DisposeAsync();
        reading.Dispose();
    }

    private async ValueTask PrintAsync(OutputLine line)
    {
        await reading.WaitAsync();
        try
        {
            await sink(line);
        }
        finally
        {
            reading.Release();
        }
    }

    private void Expire()
    {
        isLate = true;
        session.Stop();
    }

    private sealed record Turn(Dictionary<string, string> Variables)
    {
        public TaskCompletionSource<string> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>How a datum of a program that stays alive ended.</summary>
/// <param name="Exit">How the program ended with it; null when it asked for the next one.</param>
/// <param name="Error">What it said about it; empty: it went well.</param>
internal sealed record BatchedOutcome(ProcessExit? Exit, string Error);
