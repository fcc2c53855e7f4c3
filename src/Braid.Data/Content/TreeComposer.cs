using Braid.Data.EditLogs;
using Braid.Data.History;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Data.Content;

/// <summary>
/// Turns edits into a tree: appends need the content that the edits before them left, so they are looked up, in the tree or
/// among the edits, and become puts. Edits go to the store in batches of a bounded number.
/// </summary>
internal sealed class TreeComposer(ContentHold hold, TreeRoot start, DatumLedger ledger, int mostInBatch)
{
    /// <summary>
    /// Edits held in memory at a time, half a kilobyte each. More would save little: a batch reads and makes a node at most once.
    /// </summary>
    private const int usualBatch = 32 * 1024;

    private readonly List<TreeEdit> batch = [];
    private readonly BatchView view = new(hold.Store);
    private TreeRoot root = start;
    private int limit = mostInBatch;

    /// <summary>The tree with all edits applied, sealed.</summary>
    public static async Task<Result<CommitTree>> ComposeAsync(
        ContentHold hold,
        TreeRoot start,
        DatumLedger ledger,
        EditSource edits,
        CancellationToken ct,
        int mostInBatch = usualBatch
    )
    {
        var composer = new TreeComposer(hold, start, ledger, mostInBatch);
        await foreach (var edit in edits(ct))
        {
            if (edit is not FileEdit.Overlay overlay)
            {
                await composer.AddAsync(edit, ct);
                await composer.RelieveAsync(ct);
            }
            else if ((await composer.LayAsync(overlay, ct)).Error is { } refused)
            {
                return refused;
            }
        }

        if ((await composer.FlushBatchAsync(ct)).Error is { } error)
        {
            return error;
        }

        return (await hold.SealAsync(composer.root, ct)).TryGet(out var root, out error)
            ? new CommitTree(root, await hold.Store.StatsAsync(root, ct))
            : error;
    }

    private async ValueTask AddAsync(FileEdit edit, CancellationToken ct)
    {
        if (!await ledger.AdmitAsync(edit, FindAsync, ct))
        {
            return;
        }

        switch (edit)
        {
            case FileEdit.Append append:
                var head = await FindAsync(append.Path, ct);
                Put(
                    head is null
                        ? new(append.Path, append.Content)
                        : new(append.Path, await hold.ConcatAsync([head, append.Content], ct))
                );
                break;
            case FileEdit.Put put:
                Put(new(put.Path, put.Content));
                break;
            case FileEdit.DeleteFile delete:
                view.SetFile(delete.Path, null);
                batch.Add(new TreeEdit.DeleteFile(delete.Path));
                break;
            case FileEdit.DeleteTree delete:
                view.SetPlace(delete.Path, null);
                batch.Add(new TreeEdit.DeleteTree(delete.Path));
                break;
            case FileEdit.Graft graft:
                view.SetPlace(graft.Path, graft.Source);
                batch.Add(new TreeEdit.Graft(graft.Path, graft.Source));
                break;
            default:
                throw new InvalidOperationException($"no rule for {edit}");
        }
    }

    /// <summary>Takes the whole tree over where there is none, and else only the files that differ.</summary>
    private async Task<Result<Unit>> LayAsync(FileEdit.Overlay overlay, CancellationToken ct)
    {
        if ((await FlushBatchAsync(ct)).Error is { } error)
        {
            return error;
        }

        var laid = new TreeRoot(overlay.Source.ContentHash);
        if (root.IsEmpty)
        {
            root = laid;
            return Unit.Value;
        }

        await foreach (var change in hold.Store.DiffAsync(root, laid, "/", ct))
        {
            if (change.New is { Content: { } content })
            {
                await AddAsync(new FileEdit.Put(change.Path, content), ct);
                await RelieveAsync(ct);
            }
        }

        return Unit.Value;
    }

    private ValueTask<FileContent?> FindAsync(string path, CancellationToken ct) => view.FindAsync(root, path, ct);

    private void Put(TreeEdit.Put put)
    {
        view.SetFile(put.Path, put.Content);
        batch.Add(put);
    }

    /// <summary>
    /// Ends a batch that is full. What is refused now may be right when the edits to come have been seen (a file that is in the
    /// way may yet be deleted), so the batch is kept then and grows.
    /// </summary>
    private async ValueTask RelieveAsync(CancellationToken ct)
    {
        if (batch.Count >= limit && !(await FlushBatchAsync(ct)).IsOk)
        {
            limit = 2 * batch.Count;
        }
    }

    private async Task<Result<Unit>> FlushBatchAsync(CancellationToken ct)
    {
        if (batch.Count == 0)
        {
            return Unit.Value;
        }

        if (!(await hold.ApplyAsync(root, batch, ct)).TryGet(out var applied, out var refused))
        {
            return refused.Kind == ErrorKind.FailedPrecondition ? Errors.PathCollision(refused.Message) : refused;
        }

        root = applied;
        batch.Clear();
        view.Clear();
        return Unit.Value;
    }
}
