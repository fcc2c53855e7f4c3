using System.Collections.Concurrent;
using Braid.Cli.Mounting.Naming;
using Braid.Cli.Mounting.Overlay;
using Braid.Cli.Mounting.Reading;

namespace Braid.Cli.Mounting.Nodes;

/// <summary>A repo at one commit, with the changes made to it here.</summary>
/// <param name="choice">What it was asked for as; with the branch that the default is.</param>
/// <param name="view">Null when the branch has no finished commit: the tree is empty.</param>
/// <param name="overlays">Where changes go; null when it cannot be written.</param>
internal sealed class MountedTree(RepoChoice choice, CommitView? view, Func<MountedTree, OverlayFolder>? overlays)
{
    private OverlayFolder? overlay;

    public RepoChoice Choice => choice;

    public CommitView? View => view;

    public bool IsWritable => overlays is not null;

    /// <summary>What was learnt of the commit's directories while names in them were looked up.</summary>
    public ConcurrentDictionary<string, NamesAhead> NamesAhead { get; } = new(StringComparer.Ordinal);

    /// <summary>One change at a time: what a change looks at stays as it is until it is made.</summary>
    public SemaphoreSlim Changing { get; } = new(1);

    /// <summary>The changes so far, if any.</summary>
    public OverlayFolder? Overlay
    {
        get => Volatile.Read(ref overlay);
        init => overlay = value;
    }

    /// <summary>Where changes go; made with the first one. Called by who holds <see cref="Changing"/>.</summary>
    public OverlayFolder OpenOverlay()
    {
        if (overlay is null && overlays is not null)
        {
            Volatile.Write(ref overlay, overlays(this));
        }

        return overlay ?? throw new InvalidOperationException($"{choice.Name} is not writable");
    }

    public OverlayPlace Locate(string path) =>
        Overlay is { } changes ? changes.Tree.Locate(path) : new OverlayPlace.InCommit(path);
}
