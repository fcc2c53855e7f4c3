using Braid.Data.EditLogs;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage;

namespace Braid.Data.Content;

/// <summary>
/// Puts finished edits into a commit: 1 see where they go; 2 apply them to the tree that is there and make it durable;
/// 3 in one transaction, if nothing has changed since 1, let the commit have the tree; else start again.
/// </summary>
internal sealed class EditPublisher(Database database, DataTransactions transactions)
{
    private const int mostAttempts = 100;

    private readonly Turnstile turnstile = new();

    public Task<Result<Commit>> PublishAsync(
        ContentHold hold,
        string author,
        RepoName repo,
        CommitSpec target,
        string description,
        EditSource edits,
        CancellationToken ct
    ) =>
        turnstile.PassAsync(
            $"{repo}",
            () => PublishInTurnAsync(hold, author, repo, target, description, edits, ct),
            ct
        );

    private async Task<Result<Commit>> PublishInTurnAsync(
        ContentHold hold,
        string author,
        RepoName repo,
        CommitSpec spec,
        string description,
        EditSource edits,
        CancellationToken ct
    )
    {
        var overtaken = Errors.HeadMoved(repo);
        for (var attempt = 0; attempt < mostAttempts; attempt++)
        {
            // 1
            var found = await database.ReadAsync(db => EditTarget.FindAsync(db, repo, spec), ct);
            if (!found.TryGet(out var target, out var error))
            {
                return error;
            }

            // 2
            var ledger = new DatumLedger(hold, target.Parent, target.Marks);
            var composed = await TreeComposer.ComposeAsync(hold, target.Start, ledger, edits, ct);
            if (
                !composed.TryGet(out var tree, out error)
                || !(await ledger.SealAsync(ct)).TryGet(out var marks, out error)
            )
            {
                return error;
            }

            // 3
            var result = await transactions.RunAsync(
                author,
                tx => WriteAsync(tx, repo, spec, description, target, tree, marks),
                ct
            );
            if (result.Error?.Code != overtaken.Code)
            {
                return result;
            }
        }

        return overtaken;
    }

    private static async Task<Result<Commit>> WriteAsync(
        DataTransaction tx,
        RepoName repo,
        CommitSpec spec,
        string description,
        EditTarget expected,
        CommitTree tree,
        DatumMarks marks
    )
    {
        if (!(await EditTarget.FindAsync(tx.Db, repo, spec)).TryGet(out var target, out var error))
        {
            return error;
        }

        if (target != expected)
        {
            return Errors.HeadMoved(repo);
        }

        if (target.OpenId is { } open)
        {
            await CommitTable.WriteTreeAsync(tx.Db, open, tree, marks);
            var row = await CommitTable.GetAsync(tx.Db, open);
            tx.AnnounceCommit(row.FullName);
            return await CommitReader.LoadAsync(tx.Db, row);
        }

        if (
            !(await CommitWriter.StartAsync(tx, new(repo, spec.Branch ?? ""), null, description)).TryGet(
                out var commit,
                out error
            )
        )
        {
            return error;
        }

        await CommitTable.WriteTreeAsync(tx.Db, commit.Id, tree, marks);
        var written = await CommitTable.GetAsync(tx.Db, commit.Id);
        return await CommitReader.LoadAsync(tx.Db, await CommitWriter.FinishAsync(tx, written, "", ""));
    }
}
