using Braid.Data.Naming;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Workers;

/// <summary>
/// Makes a tree of what a program left in <c>/pfs/out</c>. A link to an input becomes a copy by reference: no byte moves.
/// </summary>
internal sealed class OutputCollector(ContentStore content)
{
    /// <summary>The tree, not yet flushed; or which file cannot be kept.</summary>
    public async Task<Result<TreeRoot>> CollectAsync(DatumLease lease, SandboxPaths paths, CancellationToken ct)
    {
        var edits = new List<TreeEdit>();
        var error = await CollectAsync(lease, paths, SandboxPaths.Out, "", edits, ct);
        return error is not null ? error : await content.ApplyAsync(TreeRoot.Empty, edits, ct);
    }

    /// <param name="inside">What to collect, as the program sees it.</param>
    /// <param name="to">Its path in the tree; empty for the root.</param>
    private async Task<Error?> CollectAsync(
        DatumLease lease,
        SandboxPaths paths,
        string inside,
        string to,
        List<TreeEdit> edits,
        CancellationToken ct
    )
    {
        // A link to a folder above itself would never end.
        if (to.Length > 0 && FilePath.ForWriting(to) is { Error: { } bad })
        {
            return Errors.UnrepresentableName(to, bad.Message);
        }

        if (paths.Resolve(inside) is not var (place, outside))
        {
            return Errors.SpecialOutput(inside);
        }

        if (!IsOutput(place))
        {
            return await GraftAsync(lease, place, to, edits, ct);
        }

        if (!Directory.Exists(outside))
        {
            return await PutAsync(outside, inside, to, edits, ct);
        }

        foreach (var child in Directory.EnumerateFileSystemEntries(outside).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(child);
            if (await CollectAsync(lease, paths, $"{place}/{name}", $"{to}/{name}", edits, ct) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static bool IsOutput(string place) =>
        place == SandboxPaths.Out || place.StartsWith(SandboxPaths.Out + "/", StringComparison.Ordinal);

    private async Task<Error?> PutAsync(
        string outside,
        string inside,
        string to,
        List<TreeEdit> edits,
        CancellationToken ct
    )
    {
        await using var file = NativeFiles.OpenRegular(outside);
        if (file is null)
        {
            return Errors.SpecialOutput(inside);
        }

        edits.Add(new TreeEdit.Put(to, await content.WriteAsync(file, ct)));
        return null;
    }

    /// <summary>Takes a file or folder over from the commit that an input reads: <c>/pfs/INPUT/path</c>.</summary>
    private async Task<Error?> GraftAsync(
        DatumLease lease,
        string place,
        string to,
        List<TreeEdit> edits,
        CancellationToken ct
    )
    {
        var parts = place.Split('/', 4, StringSplitOptions.None);
        var (name, path) = (parts[2], parts.Length > 3 ? $"/{parts[3]}" : "/");
        foreach (var match in lease.Inputs.Where(match => lease.Leaves[match.Leaf].Name == name))
        {
            var found = await content.FindAsync(lease.Reads[match.Leaf].Root, path, ct);
            if (found is not null && !lease.Leaves[match.Leaf].EmptyFiles)
            {
                edits.Add(new TreeEdit.Graft(to, found));
                return null;
            }
        }

        return Errors.SpecialOutput(place);
    }
}
