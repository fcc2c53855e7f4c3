using System.Buffers;
using Braid.Compute.Files;
using Braid.Data.Naming;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Workers.Outputs;

/// <summary>
/// Makes a tree of what one program left in <c>/pfs/out</c>. A link to an input becomes a copy by reference: no byte moves.
/// Links to folders are followed, but not upwards, and not without end.
/// </summary>
internal sealed class OutputCollector(ContentHold hold, DatumLease lease, SandboxPaths paths)
{
    private const int mostFolderLinks = 1000;
    private const int small = 64 * 1024;

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
            if (await CollectFolderAsync(SandboxPaths.Out, SandboxPaths.Out, paths.Output, "", ct) is { } refused)
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

    /// <param name="inside">A link, as the program sees it.</param>
    /// <param name="to">Its path in the tree.</param>
    private async Task<Error?> FollowAsync(string inside, string to, CancellationToken ct)
    {
        if (Refuse(to) is { } bad)
        {
            return bad;
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

    /// <summary>Names that no tree can hold.</summary>
    private static Error? Refuse(string to) =>
        FilePath.ForWriting(to) is { Error: { } bad } ? Errors.UnrepresentableName(to, bad.Message)
        : to.Contains(FolderEntry.NoText, StringComparison.Ordinal) ? Errors.UnrepresentableName(to, "it is not UTF-8")
        : null;

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
        foreach (var entry in FolderEntry.Of(outside).OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (await CollectAsync(entry, place, outside, to, ct) is { } error)
            {
                return error;
            }
        }

        above.Pop();
        return null;
    }

    /// <summary>What lies in a folder: only a link can lead elsewhere.</summary>
    private async Task<Error?> CollectAsync(
        FolderEntry entry,
        string folder,
        string outside,
        string to,
        CancellationToken ct
    )
    {
        var (inside, path) = ($"{folder}/{entry.Name}", $"{to}/{entry.Name}");
        if (entry.IsLink)
        {
            return await FollowAsync(inside, path, ct);
        }

        var there = Path.Combine(outside, entry.Name);
        return Refuse(path)
            ?? await (
                entry.IsFolder ? CollectFolderAsync(inside, inside, there, path, ct) : PutAsync(there, inside, path, ct)
            );
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

        var content = await StoreAsync(file, ct);
        BytesRead += content.Size;
        edits.Add(new TreeEdit.Put(to, content));
        return null;
    }

    /// <summary>A small file is read at once, which takes less than to have it done elsewhere.</summary>
    private async Task<FileContent> StoreAsync(FileStream file, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(small);
        try
        {
            if (file.ReadAtLeast(buffer, small, throwOnEndOfStream: false) is var read and < small)
            {
                return await hold.WriteAsync(buffer.AsMemory(0, read), ct);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        file.Position = 0;
        return await hold.WriteAsync(file, ct);
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
