using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Jobs;

/// <summary>Takes what datums wrote out of an output.</summary>
internal sealed class OutputRemoval(ContentHold hold)
{
    private const int batch = 8192;

    public async Task<TreeRoot> RemoveAsync(TreeRoot output, IReadOnlyList<TreeRoot> written, CancellationToken ct)
    {
        var edits = new List<TreeEdit>();
        foreach (var root in written)
        {
            await foreach (var entry in hold.Store.WalkAsync(root, "/", null, ct))
            {
                if (entry.Kind == EntryKind.File)
                {
                    edits.Add(new TreeEdit.DeleteFile(entry.Path));
                }

                if (edits.Count == batch)
                {
                    output = await ApplyAsync(output, edits, ct);
                }
            }
        }

        return await ApplyAsync(output, edits, ct);
    }

    private async Task<TreeRoot> ApplyAsync(TreeRoot output, List<TreeEdit> edits, CancellationToken ct)
    {
        // Deleting is never refused.
        output = (await hold.ApplyAsync(output, edits, ct)).Value;
        edits.Clear();
        return output;
    }
}
