using Braid.Cli.CommandLine;
using Braid.Protos.Pfs;
using Braid.Protos.Pps;

namespace Braid.Cli.Naming;

/// <summary>
/// Reads the names that commands take, as pachctl writes them: <c>repo[.type]</c>, <c>repo@branch</c>, <c>repo@id</c>,
/// <c>repo@branch=id</c>, <c>repo@branch:/path</c>, <c>pipeline@job</c>.
/// </summary>
internal static class Names
{
    private const string UserRepo = "user";
    private const string DefaultBranch = "master";

    public static Repo Repo(string project, string text)
    {
        var (name, type) = text.Split('.', 2) is [var n, var t] ? (n, t) : (text, UserRepo);
        return new()
        {
            Name = name,
            Type = type,
            Project = new() { Name = project },
        };
    }

    /// <exception cref="Failure">There is no branch in it.</exception>
    public static Branch Branch(string project, string text)
    {
        var (repo, name) = Cut(text, '@');
        return name.Length == 0 ? throw new Failure($"invalid format \"{text}\": expected repo@branch")
            : IsId(name) || IsAncestry(name)
                ? throw new Failure($"invalid branch \"{text}\": cannot specify a commit or ancestry")
            : new() { Repo = Repo(project, repo), Name = name };
    }

    /// <summary>Without <c>@</c> the branch is master. What is before another commit (<c>master^2</c>) is named in the id.</summary>
    public static Commit Commit(string project, string text)
    {
        var (repoText, at) = Cut(text, '@');
        if (repoText.Length == 0)
        {
            throw new Failure($"invalid format \"{text}\": repo cannot be empty");
        }

        if (at.Contains(':', StringComparison.Ordinal))
        {
            throw new Failure($"invalid format \"{text}\": cannot specify a file path");
        }

        var repo = Repo(project, repoText);
        var (branch, id) = Cut(at, '=');
        if (id.Length == 0 && (IsId(branch) || IsAncestry(branch)))
        {
            (branch, id) = ("", branch);
        }

        var commit = new Commit
        {
            Repo = repo,
            Id = id,
            Branch = new() { Repo = repo },
        };
        commit.Branch.Name = branch.Length > 0 || id.Length > 0 ? branch : DefaultBranch;
        return commit;
    }

    /// <summary><c>repo@commit[:path]</c>; without a path, the root.</summary>
    public static Protos.Pfs.File File(string project, string text)
    {
        // A colon before the @ would be part of a repo's name, which has none: the first one after it begins the path.
        var colon = text.IndexOf(':', Math.Max(0, text.IndexOf('@', StringComparison.Ordinal)));
        var (commit, path) = colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
        return new() { Commit = Commit(project, commit), Path = path };
    }

    public static Pipeline Pipeline(string project, string name) =>
        new()
        {
            Name = name,
            Project = new() { Name = project },
        };

    /// <exception cref="Failure">It is not <c>pipeline@id</c>.</exception>
    public static Job Job(string project, string text)
    {
        var (pipeline, id) = Cut(text, '@');
        return id.Length > 0
            ? new() { Pipeline = Pipeline(project, pipeline), Id = id }
            : throw new Failure($"invalid format \"{text}\": expected pipeline@job-id");
    }

    /// <summary>32 hexadecimal digits: a commit, a commit set, a job, a run.</summary>
    public static bool IsId(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);

    /// <summary><c>master^</c>, <c>master~2</c>, <c>master.1</c>: a commit that is found from another one.</summary>
    public static bool IsAncestry(string text) => text.AsSpan().ContainsAny('^', '~', '.');

    /// <summary><c>images</c>, <c>images.meta</c>, and with its project when that is another than <paramref name="current"/>.</summary>
    public static string Of(Repo repo, string? current = null)
    {
        var name = repo.Type is "" or UserRepo ? repo.Name : $"{repo.Name}.{repo.Type}";
        return current is null || repo.Project?.Name == current ? name : $"{repo.Project?.Name}/{name}";
    }

    /// <summary><c>images@0123…</c>.</summary>
    public static string Of(Commit commit) => $"{Of(RepoOf(commit))}@{commit.Id}";

    /// <summary>Old servers name the repo in the branch only.</summary>
    public static Repo RepoOf(Commit commit) => commit.Repo ?? commit.Branch?.Repo ?? new();

    private static (string Before, string After) Cut(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }
}
