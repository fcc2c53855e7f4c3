using Braid.Data.History;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Data.Content;

/// <summary>
/// Turns edits into a tree: appends need the content that the edits before them left, so they are looked up, in the tree or
/// among the edits, and become puts. Edits go to the store in one batch, unless one looks below a directory that an earlier
/// one replaced.
/// </summary>
internal sealed class TreeComposer(ContentStore store, TreeRoot start)
{
    private readonly List<TreeEdit> batch = [];
    private readonly Dictionary<string, FileContent?> known = new(StringComparer.Ordinal);
    private TreeRoot root = start;
    private bool directoriesChanged;

    /// <summary>The tree with all edits applied, durable.</summary>
    public static async Task<Result<CommitTree>> ComposeAsync(
        ContentStore store,
        TreeRoot start,
        IReadOnlyList<FileEdit> edits,
        CancellationToken ct
    )
    {
        var composer = new TreeComposer(store, start);
        foreach (var edit in edits)
        {
            if ((await composer.AddAsync(edit, ct)).Error is { } refused)
            {
                return refused;
            }
        }

        if ((await composer.FlushBatchAsync(ct)).Error is { } error)
        {
            return error;
        }

        await store.FlushAsync(ct);
        return new CommitTree(composer.root, await store.StatsAsync(composer.root, ct));
    }

    private async Task<Result<Unit>> AddAsync(FileEdit edit, CancellationToken ct)
    {
        switch (edit)
        {
            case FileEdit.Append append:
                return await AppendAsync(append, ct);
            case FileEdit.Put put:
                Put(put.Path, put.Content);
                return Unit.Value;
            case FileEdit.DeleteFile delete:
                known[delete.Path] = null;
                batch.Add(new TreeEdit.DeleteFile(delete.Path));
                return Unit.Value;
            case FileEdit.DeleteTree delete:
                Replace(new TreeEdit.DeleteTree(delete.Path));
                return Unit.Value;
            case FileEdit.Graft graft:
                Replace(new TreeEdit.Graft(graft.Path, graft.Source));
                return Unit.Value;
            default:
                throw new InvalidOperationException($"no rule for {edit}");
        }
    }

    private async Task<Result<Unit>> AppendAsync(FileEdit.Append edit, CancellationToken ct)
    {
        if (!known.TryGetValue(edit.Path, out var head))
        {
            if (directoriesChanged && (await FlushBatchAsync(ct)).Error is { } error)
            {
                return error;
            }

            head = root.IsEmpty ? null : (await store.FindAsync(root, edit.Path, ct))?.Content;
        }

        Put(edit.Path, head is null ? edit.Content : await store.ConcatAsync([head, edit.Content], ct));
        return Unit.Value;
    }

    private void Put(string path, FileContent content)
    {
        known[path] = content;
        batch.Add(new TreeEdit.Put(path, content));
    }

    private void Replace(TreeEdit edit)
    {
        known.Clear();
        directoriesChanged = true;
        batch.Add(edit);
    }

    private async Task<Result<Unit>> FlushBatchAsync(CancellationToken ct)
    {
        if (batch.Count == 0)
        {
            return Unit.Value;
        }

        if (!(await store.ApplyAsync(root, batch, ct)).TryGet(out root, out var refused))
        {
            return refused.Kind == ErrorKind.FailedPrecondition ? Errors.PathCollision(refused.Message) : refused;
        }

        batch.Clear();
        known.Clear();
        directoriesChanged = false;
        return Unit.Value;
    }
}
