using System.Runtime.CompilerServices;
using Braid.Protos.Pfs;
using Google.Protobuf;
using File = System.IO.File;

namespace Braid.Cli.Mounting.Overlay;

/// <summary>
/// Turns an overlay into the messages of one ModifyFile stream: what is gone or replaced is deleted, what moved is copied from
/// the commit that it was in (no bytes are sent), what was written is added. A directory comes before what is in it.
/// </summary>
internal sealed class CommitPlan(OverlayFolder overlay, Commit? origin)
{
    private const int piece = 2 * 1024 * 1024;

    public async IAsyncEnumerable<ModifyFileRequest> RequestsAsync(
        Commit target,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        yield return new() { SetCommit = target };
        foreach (var step in Below("/", overlay.Tree.Root))
        {
            if (step is not Step.Write write)
            {
                yield return Simple(step);
                continue;
            }

            await foreach (var message in ContentAsync(write, ct))
            {
                yield return message;
            }
        }
    }

    /// <summary>How many paths it changes.</summary>
    public int Count() => Steps().OfType<Step.Delete>().Count(step => !step.Path.EndsWith('/'));

    /// <summary>What happens to the tree, in order.</summary>
    public IEnumerable<Step> Steps() => Below("/", overlay.Tree.Root);

    private IEnumerable<Step> Below(string path, OverlayEntry.Directory directory)
    {
        foreach (var (name, child) in directory.Children.OrderBy(child => child.Key, StringComparer.Ordinal))
        {
            foreach (var step in Of(path == "/" ? $"/{name}" : $"{path}/{name}", child))
            {
                yield return step;
            }
        }
    }

    private IEnumerable<Step> Of(string path, OverlayEntry entry)
    {
        var from = entry switch
        {
            OverlayEntry.Moved moved => moved.Origin,
            OverlayEntry.Directory directory => directory.Origin,
            _ => null,
        };
        if (from != path)
        {
            yield return new Step.Delete(path);
            yield return new Step.Delete(path + "/");
            if (from is not null)
            {
                yield return new Step.Copy(from, path);
            }
        }

        if (entry is OverlayEntry.Local local)
        {
            yield return new Step.Write(path, local.Number);
        }
        else if (entry is OverlayEntry.Directory directory)
        {
            foreach (var step in Below(path, directory))
            {
                yield return step;
            }
        }
    }

    private ModifyFileRequest Simple(Step step) =>
        step switch
        {
            Step.Delete delete => new() { DeleteFile = new() { Path = delete.Path } },
            Step.Copy copy => new()
            {
                CopyFile = new()
                {
                    Dst = copy.To,
                    Src = new() { Commit = origin, Path = copy.From },
                },
            },
            _ => throw new InvalidOperationException($"{step} is not simple"),
        };

    private async IAsyncEnumerable<ModifyFileRequest> ContentAsync(
        Step.Write write,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await using var content = File.OpenRead(overlay.FileAt(write.Number));
        var buffer = new byte[(int)Math.Min(content.Length + 1, piece)];
        int length;
        var isFirst = true;
        // An empty file is one empty piece.
        while ((length = await content.ReadAtLeastAsync(buffer, buffer.Length, false, ct)) > 0 || isFirst)
        {
            isFirst = false;
            yield return new()
            {
                AddFile = new() { Path = write.Path, Raw = ByteString.CopyFrom(buffer, 0, length) },
            };
        }
    }
}

/// <summary>One change to the tree.</summary>
internal abstract record Step
{
    /// <summary>A path that ends in a slash is a directory with all below it.</summary>
    public sealed record Delete(string Path) : Step;

    public sealed record Copy(string From, string To) : Step;

    public sealed record Write(string Path, int Number) : Step;
}
