using Braid.Data.Naming;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Workers.Outputs;

/// <summary>
/// Makes a tree of what one program left in <c>/pfs/out</c>. A link to an input becomes a copy by reference: no byte moves.
/// Links to folders are followed, but not upwards, and not without end.
/// </summary>
internal sealed class OutputCollector(ContentHold hold, DatumLease lease, SandboxPaths paths)
{
    private const int mostFolderLinks = 1000;

    private readonly List<TreeEdit> edits = [];
    private readonly Stack<string> above = new();
    private int folderLinks;

    /// <summary>What was read of files; what was taken over from an input moved no byte.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The tree, not sealed yet; or which file cannot be kept.</summary>
    public async Task<Result<TreeRoot>> CollectAsync(CancellationToken ct)
    {
        try
        {
            if (await CollectAsync(SandboxPaths.Out, "", ct) is { } refused)
            {
                return refused;
            }

            return await hold.ApplyAsync(TreeRoot.Empty, edits, ct);
        }
        catch (Exception error) when (error is PathTooLongException or UnauthorizedAccessException)
        {
            return Errors.UnreadableOutput(error.Message);
        }
    }

    /// <param name="inside">What to collect, as the program sees it.</param>
    /// <param name="to">Its path in the tree; empty for the root.</param>
    private async Task<Error?> CollectAsync(string inside, string to, CancellationToken ct)
    {
        if (to.Length > 0 && FilePath.ForWriting(to) is { Error: { } bad })
        {
            return Errors.UnrepresentableName(to, bad.Message);
        }

        if (to.Contains(NativeFiles.NoText, StringComparison.Ordinal))
        {
            return Errors.UnrepresentableName(to, "it is not UTF-8");
        }

        if (paths.Resolve(inside) is not var (place, outside))
        {
            return Errors.SpecialOutput(inside);
        }

        if (!IsOutput(place))
        {
            return await GraftAsync(place, to, ct);
        }

        return Directory.Exists(outside)
            ? await CollectFolderAsync(inside, place, outside, to, ct)
            : await PutAsync(outside, inside, to, ct);
    }

    private async Task<Error?> CollectFolderAsync(
        string inside,
        string place,
        string outside,
        string to,
        CancellationToken ct
    )
    {
        if (above.Contains(place) || (inside != place && ++folderLinks > mostFolderLinks))
        {
            return Errors.EndlessLinks(inside);
        }

        above.Push(place);
        foreach (var child in Directory.EnumerateFileSystemEntries(outside).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(child);
            if (await CollectAsync($"{place}/{name}", $"{to}/{name}", ct) is { } error)
            {
                return error;
            }
        }

        above.Pop();
        return null;
    }

    private static bool IsOutput(string place) =>
        place == SandboxPaths.Out || place.StartsWith(SandboxPaths.Out + "/", StringComparison.Ordinal);

    private async Task<Error?> PutAsync(string outside, string inside, string to, CancellationToken ct)
    {
        await using var file = NativeFiles.OpenRegular(outside);
        if (file is null)
        {
            return Errors.SpecialOutput(inside);
        }

        var content = await hold.WriteAsync(file, ct);
        BytesRead += content.Size;
        edits.Add(new TreeEdit.Put(to, content));
        return null;
    }

    /// <summary>
    /// Takes a file or folder over from the commit that an input reads: <c>/pfs/INPUT/path</c>. Of an input with empty files it is
    /// the file itself, not the empty one that stands for it: so they are moved about without being read.
    /// </summary>
    private async Task<Error?> GraftAsync(string place, string to, CancellationToken ct)
    {
        var parts = place.Split('/', 4);
        var (name, path) = (parts[2], parts.Length > 3 ? $"/{parts[3]}" : "/");
        foreach (var match in lease.Inputs.Where(match => lease.Leaves[match.Leaf].Name == name))
        {
            var found = await hold.Store.FindAsync(lease.Reads[match.Leaf].Root, path, ct);
            if (found is not null)
            {
                edits.Add(new TreeEdit.Graft(to, found));
                return null;
            }
        }

        return Errors.SpecialOutput(place);
    }
}
