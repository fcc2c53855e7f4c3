using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Data.Content;
using Braid.Data.Naming;
using Braid.Gateway.Web.Runs;
using Braid.Primitives;
using Braid.Tracking.Inputs;

namespace Braid.Gateway.Web.Compare;

/// <summary>
/// The commits that runs read, with the hash of their content: two commits of one hash have the same files. Runs that are compared
/// mostly read the same commits, so each is looked at once.
/// </summary>
internal sealed class ReadContents(WebRooms rooms, Caller caller)
{
    /// <summary>What bounds a request; of further commits the ids alone are told.</summary>
    private const int mostCommits = 500;

    private readonly Dictionary<(string Repo, string Commit), FoundFile?> known = [];

    /// <summary>The hash, count and bytes are null where the commit is gone, or where the caller may not read it.</summary>
    public async Task<JsonArray> WriteAsync(IReadOnlyList<RunInput> inputs, CancellationToken ct)
    {
        var written = new JsonArray();
        foreach (var input in inputs)
        {
            var root = await RootAsync(input, ct);
            var one = RunJson.Input(input);
            one["hash"] = root is null ? null : $"{root.Entry.ContentHash}";
            one["files"] = root?.Entry.Files;
            one["size"] = root?.Entry.Size;
            written.Add(one);
        }

        return written;
    }

    private async Task<FoundFile?> RootAsync(RunInput input, CancellationToken ct)
    {
        var name = (input.Repo, input.Commit);
        if (!known.TryGetValue(name, out var root) && known.Count < mostCommits)
        {
            root = await FindAsync(input, ct);
            known[name] = root;
        }

        return root;
    }

    private async Task<FoundFile?> FindAsync(RunInput input, CancellationToken ct)
    {
        var at = RepoName
            .Parse(input.Repo)
            .Then(repo =>
                CommitSpec.Parse(input.Commit).Select(commit => new FileAt(repo, commit, FilePath.Stored("")))
            );
        var found = at.IsOk ? await rooms.Data.Files.InspectAsync(caller, at.Value, ct) : at.Error;
        return found.IsOk ? found.Value : null;
    }
}
