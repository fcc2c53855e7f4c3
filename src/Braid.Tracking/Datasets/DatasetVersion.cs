using Braid.Primitives;

namespace Braid.Tracking.Datasets;

/// <summary>A run whose artifacts are one version of a data set, which becomes a commit.</summary>
/// <param name="Project">The project that all versions of the data set are in.</param>
/// <param name="Repo"><c>project/name</c>; empty before it was chosen.</param>
/// <param name="Branch">Where the commit is made; empty before there is one.</param>
/// <param name="Commit">32 hex digits; empty before there is one.</param>
/// <param name="Problem">Why it does not become one; empty otherwise.</param>
public sealed record DatasetVersion(
    RunId Run,
    ProjectId Project,
    string Repo,
    string Branch,
    string Commit,
    string Problem
);
