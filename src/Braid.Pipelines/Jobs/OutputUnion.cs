using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Jobs;

/// <summary>
/// Puts together what any number of datums wrote, in bounded memory: so many are united when they are there, and so many of what
/// became of them. No path may be there twice.
/// </summary>
internal sealed class OutputUnion(ContentHold hold)
{
    private const int group = 64;

    private readonly List<List<TreeRoot>> levels = [];
    private long files;

    /// <summary>Two of them wrote the same path, with the same content or not.</summary>
    public bool Collides { get; private set; }

    public async Task AddAsync(TreeEntry output, CancellationToken ct)
    {
        files += output.Files;
        var root = new TreeRoot(output.ContentHash);
        for (var level = 0; ; level++)
        {
            if (level == levels.Count)
            {
                levels.Add([]);
            }

            levels[level].Add(root);
            if (levels[level].Count < group)
            {
                return;
            }

            root = await UniteAsync(levels[level], ct);
            levels[level].Clear();
        }
    }

    public async Task<TreeRoot> FinishAsync(CancellationToken ct)
    {
        var root = TreeRoot.Empty;
        foreach (var level in levels)
        {
            root = await UniteAsync([.. level, root], ct);
        }

        Collides |= (await hold.Store.StatsAsync(root, ct)).Files < files;
        return root;
    }

    private async Task<TreeRoot> UniteAsync(IReadOnlyList<TreeRoot> roots, CancellationToken ct)
    {
        var united = await hold.MergeAsync(roots, ct);
        Collides |= !united.IsOk;
        return united.IsOk ? united.Value : TreeRoot.Empty;
    }
}
