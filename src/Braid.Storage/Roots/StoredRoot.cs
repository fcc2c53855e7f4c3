using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Storage.Roots;

/// <summary>Who keeps content from being freed: what a person would delete to free it.</summary>
/// <param name="Kind">One word: <c>commit</c>, <c>upload</c>, <c>artifact</c>, <c>datum</c>, <c>role</c>.</param>
/// <param name="Group">What its likes are summed up under: a repo, a space, a pipeline.</param>
/// <param name="Name">The thing itself, written as commands take it.</param>
public readonly record struct RootHolder(string Kind, string Group, string Name);

/// <summary>
/// A reference that a row holds, to a tree or to one file's content. All that can be reached from one is kept; content
/// that none reaches is freed.
/// </summary>
/// <param name="Tree">The tree; meaningless when <paramref name="File"/> is given.</param>
/// <param name="File">The file's content; null when it is a tree.</param>
public readonly record struct StoredRoot(RootHolder Holder, TreeRoot Tree, FileContent? File)
{
    public static StoredRoot Of(RootHolder holder, TreeRoot tree) => new(holder, tree, null);

    public static StoredRoot Of(RootHolder holder, FileContent file) => new(holder, default, file);
}
