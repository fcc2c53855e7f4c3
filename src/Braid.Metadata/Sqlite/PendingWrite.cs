using System.Data.Common;
using Braid.Primitives;

namespace Braid.Metadata.Sqlite;

/// <summary>A write on its way through the serialised writer: run, then completed once its group is durable.</summary>
internal abstract class PendingWrite
{
    public abstract IReadOnlySet<string> Topics { get; }

    /// <summary>What running it threw.</summary>
    public abstract Exception? Thrown { get; }

    /// <summary>Runs the write; false when it must be undone (it was refused, threw, or nobody waits any more).</summary>
    public abstract Task<bool> RunAsync(DbConnection connection, Action<string>? watch);

    public abstract void Complete();

    public abstract void Fail(Exception error);
}

internal sealed class PendingWrite<T>(Func<DbWrite, Task<Result<T>>> change, CancellationToken ct) : PendingWrite
{
    private static readonly IReadOnlySet<string> none = new HashSet<string>();

    private Result<T> result;
    private Exception? thrown;
    private IReadOnlySet<string> topics = none;

    /// <summary>Continuations run elsewhere: the writer never runs its callers' code.</summary>
    public TaskCompletionSource<Result<T>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override IReadOnlySet<string> Topics => topics;

    public override Exception? Thrown => thrown;

    public override async Task<bool> RunAsync(DbConnection connection, Action<string>? watch)
    {
        try
        {
            ct.ThrowIfCancellationRequested();
            // Once begun, a write is finished: a caller who leaves must not tear a group apart.
            var session = new DbWrite(connection, transaction: null, watch, CancellationToken.None);
            using (WriteScope.Enter())
            {
                result = await change(session);
            }

            topics = result.IsOk ? session.Topics : none;
            return result.IsOk;
        }
        catch (Exception error)
        {
            thrown = SqliteFaults.Explain(error);
            return false;
        }
    }

    public override void Complete()
    {
        if (thrown is OperationCanceledException)
        {
            Done.TrySetCanceled(ct);
        }
        else if (thrown is not null)
        {
            Done.TrySetException(thrown);
        }
        else
        {
            Done.TrySetResult(result);
        }
    }

    public override void Fail(Exception error) => Done.TrySetException(thrown ?? error);
}
