using System.Text.Json.Nodes;
using Braid.Data.Branching;
using Braid.Primitives;

namespace Braid.Pipelines.Specs.Reading;

/// <summary>
/// Reads the input of a normalised spec, and writes the defaults it filled in back into the JSON. The parts of a combination
/// are put in the order of their names, as clients expect to find them.
/// </summary>
internal sealed class InputReader(PipelineRef pipeline)
{
    private static readonly string[] kinds = ["pfs", "cron", "cross", "union", "join", "group"];

    /// <summary>Branches with triggers made so far, by repo.</summary>
    private readonly Dictionary<string, int> triggered = new(StringComparer.Ordinal);

    public Result<Input> Read(JsonObject? node)
    {
        if (node is null)
        {
            return Errors.NoInput();
        }

        string[] set = [.. kinds.Where(kind => node[kind] is not null)];
        return set switch
        {
            [] => Errors.NoInput(),
            ["pfs"] => node["pfs"] is JsonObject leaf ? ReadPfs(leaf) : Errors.WrongType("pfs", "an object"),
            ["cron"] => node["cron"] is JsonObject leaf ? ReadCron(leaf) : Errors.WrongType("cron", "an object"),
            ["cross"] => ReadParts(node, "cross").Select<Input>(parts => new Input.Cross(parts)),
            ["union"] => ReadParts(node, "union").Select<Input>(parts => new Input.Union(parts)),
            ["join"] => ReadParts(node, "join").Select<Input>(parts => new Input.Join(parts)),
            ["group"] => ReadParts(node, "group").Select<Input>(parts => new Input.Group(parts)),
            _ => Errors.ManyInputKinds(),
        };
    }

    private Result<IReadOnlyList<Input>> ReadParts(JsonObject node, string kind)
    {
        if (node[kind] is not JsonArray { Count: > 0 } list)
        {
            return Errors.NoInput();
        }

        var parts = new List<(Input Input, JsonNode? Node)>();
        foreach (var item in list)
        {
            if (!Read(item as JsonObject).TryGet(out var part, out var error))
            {
                return error;
            }

            parts.Add((part, item));
        }

        var sorted = parts.OrderBy(part => part.Input.Leaves.First().Name, StringComparer.Ordinal).ToList();
        list.Clear();
        sorted.ForEach(part => list.Add(part.Node));
        return sorted.ConvertAll(part => part.Input);
    }

    private Result<Input> ReadPfs(JsonObject node)
    {
        var fields = new SpecFields(node);
        var repo = fields.Text("repo");
        var trigger = ReadTrigger(fields.Message("trigger"));
        var input = new Input.Pfs
        {
            Name = fields.Text("name", repo),
            Project = fields.Text("project", pipeline.Project),
            Repo = repo,
            RepoType = fields.Text("repoType", "user"),
            Branch = fields.Text("branch") is { Length: > 0 } branch ? branch : DefaultBranch(repo, trigger),
            Glob = fields.Text("glob"),
            JoinOn = fields.Text("joinOn"),
            OuterJoin = fields.Flag("outerJoin"),
            GroupBy = fields.Text("groupBy"),
            Lazy = fields.Flag("lazy"),
            EmptyFiles = fields.Flag("emptyFiles"),
            S3 = fields.Flag("s3"),
            Reference = fields.Flag("reference"),
            Trigger = trigger,
            PropagationNever = fields.Message("propagationSpec")?.Flag("never") ?? false,
        };
        if ((fields.Error ?? InputRules.Check(input, fields.Has("name"), fields.Text("commit"))) is { } error)
        {
            return error;
        }

        node["name"] = input.Name;
        node["project"] = input.Project;
        node["repoType"] = input.RepoType;
        node["branch"] = input.Branch;
        if (node["trigger"] is JsonObject written)
        {
            written["branch"] = input.Trigger?.Branch;
        }

        return input;
    }

    private static Trigger? ReadTrigger(SpecFields? fields) =>
        fields is null
            ? null
            : new()
            {
                Branch = fields.Text("branch", "master"),
                All = fields.Flag("all"),
                RateLimitSpec = fields.Text("rateLimitSpec"),
                Size = fields.Text("size"),
                Commits = fields.Number("commits"),
                CronSpec = fields.Text("cronSpec"),
            };

    /// <summary>A trigger moves a branch, which is then the pipeline's own.</summary>
    private string DefaultBranch(string repo, Trigger? trigger)
    {
        if (trigger is null)
        {
            return "master";
        }

        triggered[repo] = triggered.GetValueOrDefault(repo) + 1;
        return $"{pipeline.Name}-trigger-{triggered[repo]}";
    }

    private Result<Input> ReadCron(JsonObject node)
    {
        var fields = new SpecFields(node);
        var name = fields.Text("name");
        var input = new Input.Cron
        {
            Name = name,
            Project = fields.Text("project", pipeline.Project),
            Repo = fields.Text("repo", $"{pipeline.Name}_{name}"),
            Glob = Input.Cron.EveryTick,
            Spec = fields.Text("spec"),
            Overwrite = fields.Flag("overwrite"),
            Start = fields.Time("start"),
        };
        if ((fields.Error ?? InputRules.Check(input, fields.Text("commit"))) is { } error)
        {
            return error;
        }

        node["project"] = input.Project;
        node["repo"] = input.Repo;
        return input;
    }
}
