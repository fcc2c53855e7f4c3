using Braid.Primitives;

namespace Braid.Pipelines.Planning;

/// <summary>A file or directory that one leaf of a spec's input matched.</summary>
/// <param name="Leaf">The leaf's place among the input's leaves, from 0.</param>
/// <param name="Path">With a leading slash; a directory's without a trailing one, the root is <c>/</c>.</param>
/// <param name="Hash">Of the content.</param>
internal readonly record struct LeafMatch(int Leaf, string Path, bool IsDirectory, Sha256Hash Hash, long Size);
