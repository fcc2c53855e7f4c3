using System.Text.Json.Nodes;
using Braid.Primitives;

namespace Braid.Pipelines.Specs;

/// <summary>
/// Reads and checks the input of a normalised spec, and writes the defaults it filled in back into the JSON. The parts of a
/// combination are put in the order of their names, as clients expect to find them.
/// </summary>
internal sealed class InputReader(string project)
{
    private const string pfs = "pfs";
    private const string cross = "cross";
    private const string union = "union";

    private static readonly string[] kinds = [pfs, cross, union, "join", "group", "cron"];

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
            [pfs] => node[pfs] is JsonObject leaf ? ReadPfs(leaf) : Errors.WrongType(pfs, "an object"),
            [cross] => ReadList(node, cross).Select<Input>(parts => new Input.Cross(parts)),
            [union] => ReadList(node, union).Select<Input>(parts => new Input.Union(parts)),
            [var other] => Errors.NotSupported($"input.{other}"),
            _ => Errors.ManyInputKinds(),
        };
    }

    private Result<IReadOnlyList<Input>> ReadList(JsonObject node, string kind)
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
        var input = new Input.Pfs
        {
            Name = fields.Text("name", repo),
            Project = fields.Text("project", project),
            Repo = repo,
            RepoType = fields.Text("repoType", "user"),
            Branch = fields.Text("branch", "master"),
            Glob = fields.Text("glob"),
            EmptyFiles = fields.Flag("emptyFiles"),
            Reference = fields.Flag("reference"),
        };
        if (Check(input, fields) is { } error)
        {
            return error;
        }

        node["name"] = input.Name;
        node["project"] = input.Project;
        node["repoType"] = input.RepoType;
        node["branch"] = input.Branch;
        return input;
    }

    private static Error? Check(Input.Pfs input, SpecFields fields) =>
        input.Repo.Length == 0 ? Errors.InputMustSpecify("repo")
        : !fields.Has("name") && input.Repo == "out" ? Errors.InputRepoNamedOut()
        : input.Name is "out" or ".env" ? Errors.InputNamed(input.Name)
        : input.Glob.Length == 0 ? Errors.InputMustSpecify("glob")
        : fields.Text("commit").Length > 0 ? Errors.InputFromCommit()
        : fields.Flag("s3") ? Errors.NotSupported("input.pfs.s3")
        : fields.Has("trigger") ? Errors.NotSupported("input.pfs.trigger")
        : fields.Error;
}
