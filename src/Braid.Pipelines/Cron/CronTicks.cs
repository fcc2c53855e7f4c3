using Braid.Access.Callers;
using Braid.Data;
using Braid.Data.History;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Specs;
using Braid.Primitives;
using Braid.Storage;

namespace Braid.Pipelines.Cron;

/// <summary>
/// Makes the ticks of cron inputs, looking at nothing but what is stored: 1 the newest tick of each repo says what is due; 2
/// the trees with the new ticks are written; 3 one transaction commits to all repos of the pipeline that tick together, so
/// that one job follows, if the pipeline and the repos are still as they were. So a tick is made once, whoever crashes and
/// however many servers look; ticks that were missed come together in one commit.
/// </summary>
public sealed class CronTicks
{
    private readonly Database database;
    private readonly VersionedData data;
    private readonly ContentStore content;
    private readonly TimeProvider clock;

    internal CronTicks(Database database, VersionedData data, ContentStore content, TimeProvider clock)
    {
        this.database = database;
        this.data = data;
        this.content = content;
        this.clock = clock;
    }

    /// <summary>Ticks every cron input of a pipeline now.</summary>
    public async Task<Result<Unit>> RunAsync(Caller caller, PipelineRef pipeline, CancellationToken ct)
    {
        if (caller.MayWriteData("pipelines") is { } denied)
        {
            return denied;
        }

        while (true)
        {
            if (await database.ReadAsync(db => PipelineRows.FindAsync(db, pipeline), ct) is not { } row)
            {
                return Errors.PipelineNotFound(pipeline);
            }

            if (!row.ReadSpec().Input.Leaves.OfType<Input.Cron>().Any())
            {
                return Errors.NoCronInput(pipeline);
            }

            var now = clock.GetUtcNow();
            var ticked = await TickAsync(caller.Name, row, (_, _) => [now], ct);
            if (!ticked.TryGet(out var done, out var error))
            {
                return error;
            }

            if (done)
            {
                return Unit.Value;
            }
        }
    }

    /// <summary>One step of the server's loop: makes what is due; true when more may be due at once.</summary>
    /// <exception cref="InvalidOperationException">Some pipeline could not tick; the others have.</exception>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        var (more, refusals) = (false, new List<string>());
        foreach (var row in await database.ReadAsync(PipelineRows.WithCronAsync, ct))
        {
            var ticked = await TickAsync(
                "braid",
                row,
                (input, last) => DueTicks.Of(input, last, row.MadeAt, clock.GetUtcNow()),
                ct
            );
            more |= ticked is { IsOk: true, Value: true };
            if (ticked.Error is { } error)
            {
                refusals.Add($"{row.Pipeline}: {error.Message}");
            }
        }

        return refusals.Count == 0
            ? more
            : throw new InvalidOperationException($"cron inputs could not tick: {string.Join("; ", refusals)}");
    }

    /// <summary>True when ticks were made; false when none are due, or something has changed meanwhile.</summary>
    private async Task<Result<bool>> TickAsync(
        string author,
        PipelineRow row,
        Func<Input.Cron, DateTimeOffset?, IReadOnlyList<DateTimeOffset>> due,
        CancellationToken ct
    )
    {
        using var hold = content.Hold();
        var ticked = new List<TickedTree>();
        foreach (var input in row.ReadSpec().Input.Leaves.OfType<Input.Cron>().DistinctBy(PipelineRepos.BranchOf))
        {
            // 1
            var repo = new TickRepo(data, content, input);
            var head = await database.ReadAsync(repo.HeadAsync, ct);
            // 2
            if (due(input, await repo.LastAsync(head, ct)) is { Count: > 0 } ticks)
            {
                ticked.Add(await repo.AddAsync(hold, head, ticks, ct));
            }
        }

        if (ticked.Count == 0)
        {
            return false;
        }

        if ((await hold.SealAsync([.. ticked.Select(tree => tree.Root)], ct)).Error is { } damaged)
        {
            return damaged;
        }

        // 3
        return await data.Transactions.RunAsync(author, transaction => CommitAsync(transaction, row, ticked), ct);
    }

    private static async Task<Result<bool>> CommitAsync(
        DataTransaction transaction,
        PipelineRow row,
        IReadOnlyList<TickedTree> ticked
    )
    {
        if (
            await PipelineRows.FindAsync(transaction.Db, row.Pipeline) is not { } current
            || current.Version != row.Version
        )
        {
            return false;
        }

        foreach (var tree in ticked)
        {
            if ((await tree.Repo.HeadAsync(transaction.Db))?.Name.Id != tree.Head)
            {
                return false;
            }
        }

        foreach (var tree in ticked)
        {
            if ((await tree.Repo.CommitAsync(transaction, tree)).Error is { } error)
            {
                return error;
            }
        }

        return true;
    }
}
