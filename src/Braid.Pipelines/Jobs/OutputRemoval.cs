using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Jobs;

/// <summary>Takes what datums wrote out of an output.</summary>
internal sealed class OutputRemoval(ContentHold hold, TreeRoot output)
{
    private const int batch = 8192;

    private readonly List<TreeEdit> edits = [];
    private TreeRoot left = output;

    public async Task RemoveAsync(TreeEntry written, CancellationToken ct)
    {
        await foreach (var entry in hold.Store.WalkAsync(new(written.ContentHash), "/", null, ct))
        {
            if (entry.Kind == EntryKind.File)
            {
                edits.Add(new TreeEdit.DeleteFile(entry.Path));
            }

            if (edits.Count == batch)
            {
                await ApplyAsync(ct);
            }
        }
    }

    /// <summary>What is left.</summary>
    public async Task<TreeRoot> FinishAsync(CancellationToken ct)
    {
        await ApplyAsync(ct);
        return left;
    }

    private async Task ApplyAsync(CancellationToken ct)
    {
        // Deleting is never refused.
        left = (await hold.ApplyAsync(left, edits, ct)).Value;
        edits.Clear();
    }
}
