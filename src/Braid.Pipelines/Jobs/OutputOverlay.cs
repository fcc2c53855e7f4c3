using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Jobs;

/// <summary>
/// Lays one tree over another that has none of its paths. Directories that only one of them has are taken over as they are, so
/// the cost is that of the directories that both have, as far as the upper one fills them.
/// </summary>
internal sealed class OutputOverlay(ContentHold hold)
{
    private const int batch = 8192;

    private readonly List<TreeEdit> edits = [];

    /// <summary>The first path that both have, as a file at least one of them; null for none.</summary>
    public string? Collision { get; private set; }

    public async Task<TreeRoot> LayOverAsync(TreeRoot under, TreeRoot over, CancellationToken ct)
    {
        if (under.IsEmpty || over.IsEmpty)
        {
            return under.IsEmpty ? over : under;
        }

        // Looked up in what was there, not in what becomes of it: the upper tree has no path twice.
        var root = under;
        var open = new Stack<string>(["/"]);
        while (Collision is null && open.TryPop(out var directory))
        {
            await foreach (var entry in hold.Store.ListAsync(over, directory, ListOptions.All, ct))
            {
                var found = await hold.Store.FindAsync(under, entry.Path.TrimEnd('/'), ct);
                if (found is null)
                {
                    edits.Add(new TreeEdit.Graft(entry.Path, entry));
                }
                else if (found.Kind == EntryKind.Directory && entry.Kind == EntryKind.Directory)
                {
                    open.Push(entry.Path);
                }
                else
                {
                    Collision = entry.Path.TrimEnd('/');
                    return root;
                }

                if (edits.Count == batch)
                {
                    root = await ApplyAsync(root, ct);
                }
            }
        }

        return await ApplyAsync(root, ct);
    }

    private async Task<TreeRoot> ApplyAsync(TreeRoot root, CancellationToken ct)
    {
        // Every path is free, so none is refused.
        root = (await hold.ApplyAsync(root, edits, ct)).Value;
        edits.Clear();
        return root;
    }
}
