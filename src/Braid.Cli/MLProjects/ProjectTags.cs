using Braid.Cli.TrackedRuns.Code;

namespace Braid.Cli.MLProjects;

/// <summary>What MLflow's clients read of a project's run in its tags.</summary>
internal static class ProjectTags
{
    public static IReadOnlyList<KeyValuePair<string, string>> Of(ProjectSource source, SourceCode code, string entry)
    {
        Dictionary<string, string> tags = new()
        {
            ["mlflow.user"] = Environment.UserName,
            ["mlflow.source.type"] = "PROJECT",
            ["mlflow.source.name"] = NameOf(source, code),
            ["mlflow.project.entryPoint"] = entry,
            ["mlflow.project.backend"] = "local",
            ["mlflow.project.env"] = ProjectEnvironment.Local,
            ["mlflow.source.git.commit"] = code.Commit,
            ["mlflow.source.git.repoURL"] = code.Repository,
            ["mlflow.source.git.branch"] = source.Version == code.Branch ? code.Branch : "",
        };
        return [.. tags.Where(tag => tag.Value.Length > 0)];
    }

    /// <summary>A folder of a repository is named from the repository's: <c>file:///repository#folder</c>.</summary>
    private static string NameOf(ProjectSource source, SourceCode code) =>
        code.Root is not { } root || source.Address != source.Folder ? source.Address
        : code.Folder == "." ? $"file://{root}"
        : $"file://{root}#{code.Folder}";
}
