using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Data.Naming;
using Braid.Pipelines.Previews;
using Braid.Pipelines.Specs.Reading;
using Braid.Primitives;

namespace Braid.Gateway.Web.Plans;

/// <summary>
/// What is asked: <c>{"spec": {...}, "reprocess": false, "heads": [{"repo": "default/images", "branch": "master", "commit":
/// "default/images@ID"}]}</c>, each field only where it is meant. A file set is the commit <c>default/__filesets__@ID</c>.
/// </summary>
internal static class PlanBody
{
    public static async Task<Result<PlanQuestion>> ReadAsync(Stream body, CancellationToken ct)
    {
        JsonNode? json;
        try
        {
            json = await JsonNode.ParseAsync(body, cancellationToken: ct);
        }
        catch (JsonException malformed)
        {
            return Wrong(malformed.Message);
        }

        return json is JsonObject fields ? Read(fields) : Wrong("expected an object");
    }

    private static Result<PlanQuestion> Read(JsonObject fields)
    {
        var heads = new List<(BranchName, CommitName)>();
        foreach (var head in fields["heads"] as JsonArray ?? [])
        {
            if (!Head(head).TryGet(out var read, out var wrong))
            {
                return wrong;
            }

            heads.Add(read);
        }

        var question = new PlanQuestion { Heads = heads, Reprocess = $"{fields["reprocess"]}" == "true" };
        if (fields["spec"] is not JsonObject json)
        {
            return heads is [] ? Wrong("neither a spec nor heads") : question;
        }

        return SpecReader.Read(json.ToJsonString()).Select(spec => question with { Spec = spec });
    }

    private static Result<(BranchName, CommitName)> Head(JsonNode? head)
    {
        var (branch, commit) = ($"{head?["branch"]}", $"{head?["commit"]}".Split('@'));
        return !RepoName.Parse($"{head?["repo"]}").TryGet(out var repo, out var error) ? error
            : branch.Length == 0 ? Wrong("a head without its branch")
            : commit.Length == 2
            && RepoName.Parse(commit[0]).TryGet(out var from, out _)
            && Hex32.TryParse(commit[1], out var id)
                ? (new BranchName(repo, branch), new CommitName(from, new(id)))
            : Wrong($"'{head?["commit"]}' is no commit: write project/repo@id");
    }

    private static Error Wrong(string why) =>
        new(ErrorKind.InvalidArgument, "web.bad-plan", $"this is no question about a plan: {why}");
}
