using System.Diagnostics;
using Braid.Cli.CommandLine;
using Braid.Cli.MLProjects;
using Braid.Cli.TrackedRuns.Code;
using Braid.Testing;

namespace Braid.Cli.Tests.MLProjects;

/// <summary>Projects in folders and in real repositories.</summary>
public sealed class ProjectSourceTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly List<string> clones = [];

    public void Dispose()
    {
        clones.ForEach(clone => Directory.Delete(clone, recursive: true));
        folder.Dispose();
    }

    [Fact]
    public async Task A_folder_is_used_where_it_lies()
    {
        Directory.CreateDirectory(folder.File("sub"));
        var source = await FetchAsync($"{folder.Path}#sub", null);
        Assert.Equal(folder.File("sub"), source.Folder);
        Assert.Equal(source.Folder, (await FetchAsync(folder.File("sub"), null)).Folder);
    }

    [Theory]
    [InlineData("#none", "Could not find subdirectory none of ")]
    [InlineData("#../up", "'.' is not allowed in project subdirectory paths.")]
    [InlineData(".zip", "is an archive")]
    [InlineData("/none", "git clone: ")]
    public async Task What_is_no_project_is_refused(string behind, string message)
    {
        var refused = await Assert.ThrowsAsync<Failure>(() => FetchAsync(folder.Path + behind, null));
        Assert.Contains(message, refused.Message);
    }

    [Fact]
    public async Task A_version_is_cloned_and_the_working_tree_stays_as_it_is()
    {
        await ShellAsync(
            "git init -q -b main . && mkdir sub && echo 1 > sub/f && git add . && git commit -qm 1"
                + " && git checkout -qb other && echo 2 > sub/f && git commit -qam 2 && git checkout -q main"
        );
        var source = await CloneAsync($"{folder.Path}#sub", "other");
        Assert.Equal("2\n", File.ReadAllText(Path.Combine(source.Folder, "f")));
        Assert.Equal("1\n", File.ReadAllText(folder.File("sub/f")));

        var code = await SourceCode.OfAsync(source.Folder, ["python", "f"], CancellationToken.None);
        var tags = ProjectTags.Of(source, code, "main").ToDictionary(tag => tag.Key, tag => tag.Value);
        Assert.Equal("other", tags["mlflow.source.git.branch"]);
        Assert.Equal($"{folder.Path}#sub", tags["mlflow.source.name"]);
        Assert.Equal(folder.Path, tags["mlflow.source.git.repoURL"]);
        Assert.Matches("^[0-9a-f]{40}$", tags["mlflow.source.git.commit"]);

        var refused = await Assert.ThrowsAsync<Failure>(() => FetchAsync(folder.Path, "none"));
        Assert.StartsWith($"Unable to checkout version 'none' of git repo {folder.Path}", refused.Message);
    }

    [Fact]
    public async Task A_folder_of_a_repository_is_named_from_the_repositorys()
    {
        await ShellAsync("git init -q . && mkdir sub");
        var source = await FetchAsync(folder.File("sub"), null);
        var code = await SourceCode.OfAsync(source.Folder, ["python"], CancellationToken.None);
        var tags = ProjectTags.Of(source, code, "main").ToDictionary(tag => tag.Key, tag => tag.Value);
        Assert.Equal($"file://{folder.Path}#sub", tags["mlflow.source.name"]);
        Assert.DoesNotContain("mlflow.source.git.commit", tags.Keys);
    }

    private async Task<ProjectSource> CloneAsync(string place, string version)
    {
        var source = await FetchAsync(place, version);
        clones.Add(Path.GetDirectoryName(source.Folder)!);
        return source;
    }

    private static Task<ProjectSource> FetchAsync(string place, string? version) =>
        ProjectSource.FetchAsync(place, version, TextWriter.Null, CancellationToken.None);

    private async Task ShellAsync(string script)
    {
        var start = new ProcessStartInfo("sh", ["-ec", script]) { WorkingDirectory = folder.Path };
        foreach (var who in new[] { "AUTHOR", "COMMITTER" })
        {
            start.Environment[$"GIT_{who}_NAME"] = "n";
            start.Environment[$"GIT_{who}_EMAIL"] = "e";
        }

        using var shell = Process.Start(start)!;
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
    }
}
