using System.Buffers;
using System.Text;
using Braid.Data.Naming;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Datasets;

/// <summary>
/// What a data set is called as a repo: version 1.0.0 of data set <c>Name</c> in project <c>A/B</c> is branch <c>v1-0-0</c> of
/// repo <c>A-B/Name</c>. Signs that a repo, branch or path may not have give way to others.
/// </summary>
internal static class DatasetNames
{
    /// <summary>The hidden part of the projects that the SDK keeps data sets in: <c>A/B/.datasets/Name</c>.</summary>
    private const string hidden = "/.datasets/";
    private const int longestProject = 51;
    private const int longest = 200;
    private const int hashDigits = 8;

    private static readonly SearchValues<char> plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
    );

    private static readonly SearchValues<char> globSigns = SearchValues.Create("*?[]{}!()@+^");

    /// <summary>The repo of the data set whose versions are in a project of this name.</summary>
    /// <param name="task">The name of a version's task: the data set's, where the project is no hidden one.</param>
    public static RepoName Repo(string project, string task)
    {
        var at = project.LastIndexOf(hidden, StringComparison.Ordinal);
        var (folder, name) = at < 0 ? (project, task) : (project[..at], project[(at + hidden.Length)..]);
        var first = Plain(folder.TrimStart('.'), longestProject).TrimStart('-', '_');
        return new(first.Length == 0 ? RepoName.DefaultProject : first, Plain(name, longest));
    }

    /// <summary>The name to fall back to where somebody else's repo has the plain one.</summary>
    public static RepoName Other(RepoName repo, ProjectId project) =>
        repo with
        {
            Name = $"{repo.Name}-{$"{project}"[..hashDigits]}",
        };

    /// <summary>The branch of a version; one that has no number is named by its task.</summary>
    public static string Branch(string? version, RunId task) =>
        $"v{(string.IsNullOrEmpty(version) ? $"-{$"{task}"[..hashDigits]}" : Plain(version, longest))}";

    /// <summary>
    /// The path of a file: signs of the glob language are written as in URLs (<c>a (1).jpg</c> is <c>a %281%29.jpg</c>).
    /// </summary>
    public static string Path(string path)
    {
        if (!path.AsSpan().ContainsAny(globSigns))
        {
            return path;
        }

        var written = new StringBuilder();
        foreach (var sign in path)
        {
            _ = globSigns.Contains(sign) ? written.Append($"%{(int)sign:X2}") : written.Append(sign);
        }

        return written.ToString();
    }

    private static string Plain(string text, int length)
    {
        var signs = text.Select(sign => plain.Contains(sign) ? sign : '-').Take(length);
        return string.Concat(signs);
    }
}
