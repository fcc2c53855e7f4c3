using Braid.Data.Content;
using Braid.Data.EditLogs;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Data.FileSets;

/// <summary>
/// Content that a log refers to and the tree it makes does not hold, because later edits added to it, replaced or removed it.
/// It is put into a tree of its own, by hash, so that it stays as long as the log does.
/// </summary>
internal sealed class LooseParts(ContentHold hold, TreeRoot tree)
{
    private const int mostInBatch = 16 * 1024;

    private readonly List<TreeEdit> batch = [];
    private TreeRoot parts = TreeRoot.Empty;

    public static async Task<Result<TreeRoot>> CollectAsync(
        ContentHold hold,
        TreeRoot tree,
        EditSource edits,
        CancellationToken ct
    )
    {
        var loose = new LooseParts(hold, tree);
        await foreach (var edit in edits(ct))
        {
            if (SourceOf(edit) is { Size: > 0 } source && !await loose.IsInTreeAsync(edit.Path, source, ct))
            {
                loose.batch.Add(new TreeEdit.Graft($"/{source.ContentHash}", source));
            }

            if (loose.batch.Count >= mostInBatch && (await loose.FlushAsync(ct)).Error is { } refused)
            {
                return refused;
            }
        }

        return (await loose.FlushAsync(ct)).Error is { } error ? error : loose.parts;
    }

    private static TreeEntry? SourceOf(FileEdit edit) =>
        edit switch
        {
            FileEdit.Append append => TreeEntry.OfFile(edit.Path, append.Content),
            FileEdit.Put put => TreeEntry.OfFile(edit.Path, put.Content),
            FileEdit.Graft graft => graft.Source,
            FileEdit.Overlay overlay => overlay.Source,
            _ => null,
        };

    private async ValueTask<bool> IsInTreeAsync(string path, TreeEntry source, CancellationToken ct) =>
        await hold.Store.FindAsync(tree, path, ct) is { } there && there.HasContentOf(source);

    private async Task<Result<Unit>> FlushAsync(CancellationToken ct)
    {
        if (batch.Count > 0)
        {
            if (!(await hold.ApplyAsync(parts, batch, ct)).TryGet(out parts, out var refused))
            {
                return refused;
            }

            batch.Clear();
        }

        return Unit.Value;
    }
}
