using System.Text;
using Braid.Cli.Mounting.Overlay;
using Braid.Cli.Mounting.Reading;
using Braid.Fuse.Operations;

namespace Braid.Cli.Mounting.Nodes;

/// <summary>What <c>getfattr</c> shows: which commit a file is of, and the hash of its content as the repo knows it.</summary>
internal sealed class ExtendedAttributes(RepoReader reader)
{
    private const string commit = "user.braid.commit";
    private const string hash = "user.braid.hash";

    /// <summary>The only name space that there is.</summary>
    private const string user = "user.";

    /// <summary>What was changed here is of no commit yet.</summary>
    public static IReadOnlyList<string> NamesOf(Node node) => Find(node) is null ? [] : [commit, hash];

    public async ValueTask<Outcome<ReadOnlyMemory<byte>>> GetAsync(Node node, string name, CancellationToken ct)
    {
        // Who lists with attributes asks every file for its security label and access list. Told that there is no such thing
        // here, rather than that this file has none, it does not ask again.
        if (!name.StartsWith(user, StringComparison.Ordinal))
        {
            return Errno.NotSupported;
        }

        if (name is not (commit or hash) || Find(node) is not var (view, path))
        {
            return Errno.NoData;
        }

        if (name == commit)
        {
            return Value(view.Commit.Id);
        }

        return await reader.FindFileAsync(view, path, ct) is { } file
            ? Value(Convert.ToHexStringLower(file.Hash.Span))
            : Errno.NoData;
    }

    private static (CommitView View, string Path)? Find(Node node) =>
        node is TreeNode { Path: { } path, Tree: { View: { } view } tree }
        && tree.Locate(path) is OverlayPlace.InCommit there
            ? (view, there.Path)
            : null;

    private static Outcome<ReadOnlyMemory<byte>> Value(string text) => new(Encoding.ASCII.GetBytes(text), Errno.None);
}
