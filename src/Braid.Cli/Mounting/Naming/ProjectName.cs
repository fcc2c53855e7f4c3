namespace Braid.Cli.Mounting.Naming;

/// <summary>
/// How projects other than the mount's own are named beside its repos: by their name; and since a repo may have the same one,
/// also by their name and three dots, which no repo's has.
/// </summary>
internal static class ProjectName
{
    private const string mark = "...";

    /// <summary>The project that the name means without doubt; null when it has no mark.</summary>
    public static string? OfMarked(string name) =>
        name.EndsWith(mark, StringComparison.Ordinal) && RepoChoice.IsName(name[..^mark.Length])
            ? name[..^mark.Length]
            : null;

    /// <summary>How it is listed among repos of these names.</summary>
    public static string Listed(string project, IReadOnlySet<string> repos) =>
        repos.Contains(project) ? project + mark : project;
}
