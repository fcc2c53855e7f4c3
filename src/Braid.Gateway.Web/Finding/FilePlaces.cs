using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Data.Content;
using Braid.Data.Naming;

namespace Braid.Gateway.Web.Finding;

/// <summary>
/// Files and directories as pachctl writes them, as far as one has typed: <c>repo@branch:/path</c>, <c>project/repo@commit:/path</c>.
/// </summary>
internal static class FilePlaces
{
    /// <summary>The first whose paths begin so; none for a text of another kind, and where there is no such commit.</summary>
    public static async Task<IReadOnlyList<JsonObject>> FindAsync(
        WebRooms rooms,
        Caller caller,
        string text,
        int most,
        CancellationToken ct
    )
    {
        if (Read(text) is not { } begun)
        {
            return [];
        }

        var listing = await rooms.Data.Files.WalkPrefixAsync(caller, begun, after: null, ct);
        if (!listing.IsOk)
        {
            return [];
        }

        var commit = $"/data/{begun.Repo}/{listing.Value.Commit.Name.Id}";
        var found = listing.Value.Entries.Where(entry => entry.Path.Length > 1).Take(most);
        return await found
            .Select(entry =>
                FoundJson.Write(
                    "file",
                    commit + Escaped(entry.Path.TrimEnd('/')),
                    entry.Path,
                    text[..text.IndexOf(':', StringComparison.Ordinal)]
                )
            )
            .ToListAsync(ct);
    }

    private static FileAt? Read(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (at < 0 || colon < at)
        {
            return null;
        }

        var repo = RepoName.Parse(text[..at]);
        var commit = CommitSpec.Parse(text[(at + 1)..colon]);
        return repo.IsOk && commit.IsOk
            ? new FileAt(repo.Value, commit.Value, $"/{text[(colon + 1)..].TrimStart('/')}")
            : null;
    }

    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
