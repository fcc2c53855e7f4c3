using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Protos.Pfs;

namespace Braid.Cli.Overlaps;

/// <summary>What a commit has in common with repos of other roles, as the server found it.</summary>
internal sealed record OverlapReport(
    bool IsChecked,
    bool IsWaiting,
    string Role,
    long Count,
    IReadOnlyList<OverlapPair> Pairs
)
{
    /// <summary>Asks the server, which waits so many seconds for a commit that is being looked at.</summary>
    public static async Task<OverlapReport> ReadAsync(
        Invocation call,
        Commit commit,
        int patience,
        CancellationToken ct
    )
    {
        var repo = Uri.EscapeDataString($"{commit.Repo.Project.Name}/{commit.Repo.Name}");
        var text = commit.Id.Length > 0 ? commit.Id : commit.Branch.Name;
        var path = $"/api/overlaps?repo={repo}&commit={Uri.EscapeDataString(text)}&wait={patience}";
        var answer = await call.Web.CallAsync(HttpMethod.Get, path, ct);
        return new(
            answer["checked"]?.GetValue<bool>() ?? false,
            answer["waiting"]?.GetValue<bool>() ?? false,
            Text(answer, "role"),
            answer["count"]?.GetValue<long>() ?? 0,
            [.. answer["pairs"]?.AsArray().OfType<JsonObject>().Select(Pair) ?? []]
        );
    }

    private static OverlapPair Pair(JsonObject pair) =>
        new(
            Text(pair, "path"),
            pair["bytes"]?.GetValue<long>() ?? 0,
            $"{Text(pair, "other_repo")}@{Text(pair, "other_commit")}:{Text(pair, "other_path")}",
            Text(pair, "other_role")
        );

    private static string Text(JsonObject from, string name) => from[name]?.GetValue<string>() ?? "";
}

/// <summary>A file of the commit, and where the same bytes lie on the other side.</summary>
internal sealed record OverlapPair(string Path, long Size, string Other, string OtherRole);
