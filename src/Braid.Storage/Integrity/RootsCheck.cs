using System.Runtime.CompilerServices;
using Braid.Storage.Files;
using Braid.Storage.Roots;
using Braid.Storage.Trees;

namespace Braid.Storage.Integrity;

/// <summary>Content that somebody keeps, and what is wrong with it.</summary>
public sealed record DamagedRoot(RootHolder Holder, ContentReport Report);

/// <summary>
/// Names what damage touches: 1 gather what all rows refer to, each reference once; 2 check it; 3 look who refers to what
/// was not sound. So a million commits cost their references in memory, and their names only where they are needed.
/// </summary>
public static class RootsCheck
{
    /// <summary>Every holder of content that is damaged or lost.</summary>
    public static async IAsyncEnumerable<DamagedRoot> RunAsync(
        ContentStore content,
        IStoredRoots roots,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        // 1
        var references = new HashSet<(TreeRoot Tree, FileContent? File)>();
        await roots.VisitAsync(root => references.Add((root.Tree, root.File)), ct);
        // 2
        var check = content.Check();
        var damaged = new Dictionary<(TreeRoot Tree, FileContent? File), ContentReport>();
        foreach (var (tree, file) in references)
        {
            var report = file is null
                ? await check.CheckAsync(tree, ct)
                : await check.CheckAsync(file, "its content", ct);
            if (!report.IsSound)
            {
                damaged[(tree, file)] = report;
            }
        }

        // 3. What nobody refers to any more was deleted meanwhile, and may be gone.
        var holders = new List<DamagedRoot>();
        if (damaged.Count > 0)
        {
            await roots.VisitAsync(
                root =>
                {
                    if (damaged.TryGetValue((root.Tree, root.File), out var report))
                    {
                        holders.Add(new(root.Holder, report));
                    }
                },
                ct
            );
        }

        foreach (var holder in holders)
        {
            yield return holder;
        }
    }
}
