using Braid.Primitives;

namespace Braid.Pipelines.Planning;

/// <summary>A file or directory that one leaf of a spec's input matched.</summary>
/// <param name="Leaf">The leaf's place among the input's leaves, from 0.</param>
/// <param name="Path">With a leading slash; a directory's without a trailing one, the root is <c>/</c>.</param>
/// <param name="Hash">Of the content.</param>
/// <param name="JoinOn">What the match is joined on; empty where it is not.</param>
/// <param name="GroupBy">What the match is grouped by; empty where it is not.</param>
internal readonly record struct LeafMatch(
    int Leaf,
    string Path,
    bool IsDirectory,
    Sha256Hash Hash,
    long Size,
    string JoinOn = "",
    string GroupBy = ""
)
{
    public bool HasContentOf(in LeafMatch other) =>
        IsDirectory == other.IsDirectory && Size == other.Size && Hash == other.Hash;
}
