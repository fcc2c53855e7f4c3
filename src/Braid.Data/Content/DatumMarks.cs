using Braid.Storage.Trees;

namespace Braid.Data.Content;

/// <summary>What an open commit remembers of its writers, where they say who they are (datum tags).</summary>
/// <param name="Tags">The paths written under a tag; each file of this tree holds the tag.</param>
/// <param name="Duplicate">What the commit will fail with, because two writers wrote one path; empty: nothing.</param>
internal readonly record struct DatumMarks(TreeRoot Tags, string Duplicate)
{
    public static DatumMarks None => new(TreeRoot.Empty, "");
}
