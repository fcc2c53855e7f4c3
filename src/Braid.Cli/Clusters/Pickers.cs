using Braid.Cli.CommandLine;
using Braid.Cli.Naming;
using Braid.Protos.Metadata;
using Braid.Protos.Pfs;

namespace Braid.Cli.Clusters;

/// <summary>Names of things as pickers: <c>[project/]repo[.type][@branch-or-commit]</c>.</summary>
internal static class Pickers
{
    /// <summary>Says what the edit is about.</summary>
    /// <exception cref="Failure">There is no such kind of thing, or its name is not one.</exception>
    public static void Set(Edit edit, string kind, string name, string project)
    {
        switch (kind.ToLowerInvariant())
        {
            case "cluster":
                edit.Cluster = new();
                break;
            case "project":
                edit.Project = new() { Name = name };
                break;
            case "repo":
                edit.Repo = Repo(name, project);
                break;
            case "branch":
                edit.Branch = Branch(name, project);
                break;
            case "commit":
                edit.Commit = Commit(name, project);
                break;
            default:
                throw new Failure($"unknown object type \"{kind}\": cluster, project, repo, branch or commit");
        }
    }

    private static RepoPicker Repo(string text, string project)
    {
        var (owner, name) = text.Split('/', 2) is [var p, var n] ? (p, n) : (project, text);
        var repo = Names.Repo(owner, name);
        return new()
        {
            Name = new()
            {
                Project = new() { Name = owner },
                Name = repo.Name,
                Type = repo.Type,
            },
        };
    }

    private static BranchPicker Branch(string text, string project) =>
        text.Split('@', 2) is [var repo, { Length: > 0 } name]
            ? new()
            {
                Name = new() { Repo = Repo(repo, project), Name = name },
            }
            : throw new Failure($"invalid format \"{text}\": expected repo@branch");

    private static CommitPicker Commit(string text, string project) =>
        text.Split('@', 2) is [var repo, var id] && Names.IsId(id)
            ? new()
            {
                Id = new() { Repo = Repo(repo, project), Id = id },
            }
            : new() { BranchHead = Branch(text, project) };
}
