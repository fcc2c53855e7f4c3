using System.Globalization;
using Braid.Data.Content;
using Braid.Data.Naming;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Versions;

/// <summary>What a request's path and query name.</summary>
internal static class Asked
{
    public static Result<RepoName> Repo(HttpContext context) =>
        RepoName.Parse($"{Route(context, "project")}/{Route(context, "repo")}");

    public static Result<BranchName> Branch(HttpContext context) =>
        Repo(context).Select(repo => new BranchName(repo, Route(context, "branch")));

    /// <summary>The file that <c>?path=</c> names in the commit of the path; the root, where it names none.</summary>
    public static Result<FileAt> File(HttpContext context) =>
        Repo(context)
            .Then(repo =>
                CommitSpec
                    .Parse(Route(context, "commit"))
                    .Select(commit => new FileAt(repo, commit, FilePath.Stored(Text(context, "path"))))
            );

    /// <summary>The commit that a query names; null where it names none.</summary>
    public static Result<CommitSpec?> Commit(HttpContext context, string name) =>
        Text(context, name) is { Length: > 0 } text
            ? CommitSpec.Parse(text).Select(spec => (CommitSpec?)spec)
            : (CommitSpec?)null;

    public static string Text(HttpContext context, string name) => context.Request.Query[name].ToString();

    /// <summary>A number that is not negative; <paramref name="usual"/> where there is none, <paramref name="most"/> where it is greater.</summary>
    public static int Number(HttpContext context, string name, int usual, int most) =>
        int.TryParse(Text(context, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Min(number, most)
            : usual;

    private static string Route(HttpContext context, string name) => (string?)context.Request.RouteValues[name] ?? "";
}
