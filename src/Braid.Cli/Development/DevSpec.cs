using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Development;

/// <summary>
/// A spec as a trial runs it: 1 every branch that it reads becomes a repo of its own; 2 a clock becomes a repo of ticks; 3 secrets
/// come from the environment; 4 what would reach others (egress, triggers) is left out; 5 a datum is tried once.
/// </summary>
internal sealed class DevSpec
{
    private static readonly string[] combinations = ["cross", "union", "join", "group"];

    /// <summary>What a trial leaves out, and 1.x said of clusters.</summary>
    private static readonly string[] leftOut =
    [
        "egress",
        "description",
        "datum_tries",
        "datumTries",
        "autoscaling",
        "update",
        "reprocess",
        "dry_run",
        "dryRun",
        "salt",
        "spec_commit",
        "specCommit",
    ];

    private readonly List<DevInput> inputs = [];
    private readonly List<string> notes = [];

    private DevSpec(JsonObject spec) => Spec = spec;

    /// <summary>As it is submitted.</summary>
    public JsonObject Spec { get; }

    public IReadOnlyList<DevInput> Inputs => inputs;

    /// <summary>What is otherwise than it would be on a server.</summary>
    public IReadOnlyList<string> Notes => notes;

    public string Name => Spec["pipeline"]?["name"]?.ToString() ?? "";

    public string OutputBranch => (Spec["output_branch"] ?? Spec["outputBranch"])?.ToString() ?? "master";

    /// <param name="spec">As its file has it.</param>
    /// <param name="branch">The branch of all repos that is read.</param>
    /// <param name="variable">The environment.</param>
    /// <exception cref="Failure">It is of a kind that has no datums.</exception>
    public static DevSpec Of(JsonObject spec, string branch, Func<string, string?> variable)
    {
        if (spec["spout"] is not null || spec["service"] is not null)
        {
            throw new Failure("a spout or a service runs until it is stopped: it has no datum to try");
        }

        var copy = (JsonObject)spec.DeepClone();
        (copy["pipeline"] as JsonObject)?.Remove("project");
        var made = new DevSpec(copy);
        made.Read(copy["input"] as JsonObject, branch);
        made.TakeSecrets(variable);
        foreach (var field in leftOut)
        {
            made.Note(copy.Remove(field) && field == "egress", "egress is left out: nothing leaves this machine");
        }

        copy["datum_tries"] = 1;
        return made;
    }

    private void Read(JsonObject? input, string branch)
    {
        if (input is null)
        {
            return;
        }

        foreach (var part in combinations.SelectMany(kind => input[kind] as JsonArray ?? []))
        {
            Read(part as JsonObject, branch);
        }

        if (input["cron"] is JsonObject cron)
        {
            input.Remove("cron");
            input["pfs"] = TickOf(cron);
        }

        if ((input["pfs"] ?? input["atom"]) is JsonObject leaf)
        {
            Localise(leaf, branch);
        }
    }

    // 2
    private static JsonObject TickOf(JsonObject cron) =>
        new()
        {
            ["name"] = cron["name"]?.ToString(),
            ["repo"] = cron["name"]?.ToString(),
            ["glob"] = "/*",
        };

    // 1
    private void Localise(JsonObject leaf, string branch)
    {
        var repo = leaf["repo"]?.ToString() ?? throw new Failure("an input has no \"repo\"");
        var name = leaf["name"]?.ToString() ?? repo;
        string?[] place = [leaf["project"]?.ToString(), repo, leaf["branch"]?.ToString()];
        var source = string.Join('-', place.OfType<string>());
        leaf["name"] = name;
        leaf["repo"] = source;
        leaf["branch"] = branch;
        foreach (var field in (string[])["project", "commit", "trigger", "repo_type", "repoType"])
        {
            leaf.Remove(field);
        }

        if (!inputs.Exists(input => input.Name == name && input.Repo == source))
        {
            inputs.Add(new(name, source, repo));
        }
    }

    // 3
    private void TakeSecrets(Func<string, string?> variable)
    {
        if (Spec["transform"] is not JsonObject transform || transform["secrets"] is not JsonArray secrets)
        {
            return;
        }

        transform.Remove("secrets");
        var environment = transform["env"] as JsonObject ?? [];
        transform["env"] = environment;
        foreach (var secret in secrets.OfType<JsonObject>())
        {
            var name = (secret["env_var"] ?? secret["envVar"])?.ToString();
            var value = name is null ? null : variable(name);
            if (name is not null && value is not null)
            {
                environment[name] = value;
            }

            Note(value is null, $"the secret {secret["name"]} is not there: set {name ?? "what it mounts"} yourself");
        }
    }

    private void Note(bool isSo, string text)
    {
        if (isSo)
        {
            notes.Add(text);
        }
    }
}
