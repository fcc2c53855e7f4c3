using Braid.Data.Naming;

namespace Braid.Data.Content;

/// <summary>A path (or glob pattern) in a commit, as a caller names it.</summary>
public readonly record struct FileAt(RepoName Repo, CommitSpec Commit, string Path);
