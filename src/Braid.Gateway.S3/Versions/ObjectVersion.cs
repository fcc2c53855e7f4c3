using Braid.Data.History;
using Braid.Storage.Trees;

namespace Braid.Gateway.S3.Versions;

/// <summary>What a commit made of a key: a new content, or nothing any more.</summary>
/// <param name="File">Null for a delete marker.</param>
/// <param name="IsLatest">No later commit of the branch changed the key.</param>
internal sealed record ObjectVersion(string Key, Commit Commit, TreeEntry? File, bool IsLatest);
