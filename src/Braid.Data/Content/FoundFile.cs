using Braid.Data.History;
using Braid.Storage.Trees;

namespace Braid.Data.Content;

/// <summary>A file or directory, and the commit it was found in.</summary>
public sealed record FoundFile(Commit Commit, TreeEntry Entry);

/// <summary>Files and directories of a commit, in path order, read as they are taken.</summary>
public sealed record FileListing(Commit Commit, IAsyncEnumerable<TreeEntry> Entries);

/// <summary>What differs between two commits, in path order; <paramref name="Old"/> is null where there is no older commit.</summary>
public sealed record FileDifferences(Commit New, Commit? Old, IAsyncEnumerable<TreeChange> Changes);
