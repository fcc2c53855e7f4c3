using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Projects;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary>
/// The fields that <c>tasks.create</c> and <c>tasks.edit</c> share. Execution, script, output and models merge into what is
/// stored, field by field; every other field that is given replaces what is stored.
/// </summary>
internal sealed class TaskBody
{
    private readonly string? type;
    private readonly RunChange change;
    private readonly JsonObject? execution;
    private readonly JsonObject? script;
    private readonly JsonObject? output;
    private readonly JsonObject? models;
    private readonly IReadOnlyList<RunArtifact>? artifacts;

    private TaskBody(Fields fields)
    {
        type = ReadType(fields);
        execution = fields.Object("execution")?.DeepClone().AsObject();
        artifacts = ReadArtifacts(fields);
        script = ReadScript(fields);
        output = ReadOutput(fields);
        models = fields.Object("models");
        change = ReadChange(fields);
    }

    /// <summary>The fields that a change is answered with.</summary>
    public static IReadOnlyList<string> Changeable { get; } =
    [
        "name",
        "type",
        "tags",
        "system_tags",
        "comment",
        "parent",
        "project",
        "output_dest",
        "execution",
        "script",
        "hyperparams",
        "configuration",
        "models",
        "container",
        "runtime",
    ];

    public string? Type => type;

    /// <summary>What is wrong with the request is kept in its fields.</summary>
    public static TaskBody Read(ApiCall call)
    {
        OldTasks.Rewrite(call.Fields.Json, call.Requested);
        return new(call.Fields);
    }

    /// <summary>The change that makes of <paramref name="stored"/> (null: a new run) what the request says.</summary>
    public RunChange ChangeOf(Run? stored) =>
        change with
        {
            Documents = change.Documents with
            {
                Execution = Merged(stored?.Documents.Execution, execution),
                Script = Merged(stored?.Documents.Script, script),
                Output = Merged(stored?.Documents.Output, output),
            },
            Parameters = stored is null ? change.Parameters with { Replace = default } : change.Parameters,
            RemoveArtifacts = artifacts is null ? [] : Without(stored?.Artifacts ?? [], artifacts),
            RemoveModels = Unlinked(stored?.Models ?? []),
        };

    private static string? ReadType(Fields fields)
    {
        var type = fields.Text("type");
        if (type is not null && !TaskWords.Types.Contains(type))
        {
            fields.Refuse(Errors.InvalidField("type", $"one of {string.Join(", ", TaskWords.Types.Order())}"));
        }

        return type;
    }

    /// <summary>They are taken out of the document: they are rows of their own.</summary>
    private IReadOnlyList<RunArtifact>? ReadArtifacts(Fields fields)
    {
        if (execution is null || !execution.ContainsKey("artifacts"))
        {
            return null;
        }

        var given = new Fields(execution);
        var read = given.Objects("artifacts").Select(item => new Fields(item)).ToList();
        var all = read.Select(TaskArtifact.Read).ToList();
        execution.Remove("artifacts");
        if ((given.Problem ?? read.Find(item => item.Problem is not null)?.Problem) is { } problem)
        {
            fields.Refuse(problem);
        }

        return all;
    }

    /// <summary>Texts are stripped, except the diff, where blanks mean something.</summary>
    private static JsonObject? ReadScript(Fields fields)
    {
        var script = fields.Object("script")?.DeepClone().AsObject();
        foreach (var (name, value) in script?.ToList() ?? [])
        {
            if (name != "diff" && value is JsonValue text && text.TryGetValue(out string? content))
            {
                script![name] = content.Trim();
            }
        }

        return script;
    }

    private static JsonObject? ReadOutput(Fields fields)
    {
        var output = fields.Object("output")?.DeepClone().AsObject();
        if (fields.Text("output_dest") is { } destination)
        {
            output ??= [];
            output["destination"] = destination;
        }

        return output;
    }

    private RunChange ReadChange(Fields fields) =>
        new()
        {
            Name = fields.Text("name")?.Trim(),
            Type = type,
            Comment = fields.Text("comment"),
            Project = fields.OptionalProject("project"),
            Parent = fields.OptionalTask("parent"),
            Labels = fields.Has("tags") ? fields.Names("tags") : null,
            SystemLabels = fields.Has("system_tags") ? fields.Names("system_tags") : null,
            Documents = new RunDocuments
            {
                Container = fields.Object("container")?.ToJsonString(),
                Configuration = fields.Object("configuration")?.ToJsonString(),
                Runtime = fields.Object("runtime")?.ToJsonString(),
            },
            Parameters = new ParameterEdit
            {
                Set = HyperParameters.ReadSections(fields, "hyperparams"),
                Replace = fields.Has("hyperparams") ? ParameterReplacement.All : ParameterReplacement.None,
            },
            SetArtifacts = artifacts ?? [],
            SetModels = TaskModels.Read(fields, "models"),
        };

    private static string? Merged(string? stored, JsonObject? given)
    {
        if (given is null)
        {
            return null;
        }

        var merged = Documents.ParseObject(stored);
        foreach (var (name, value) in given)
        {
            merged[name] = value?.DeepClone();
        }

        return merged.ToJsonString();
    }

    private static IReadOnlyList<(string Key, string Mode)> Without(
        IReadOnlyList<RunArtifact> stored,
        IReadOnlyList<RunArtifact> given
    ) =>
        [
            .. stored
                .Select(artifact => (artifact.Key, artifact.Mode))
                .Except(given.Select(artifact => (artifact.Key, artifact.Mode))),
        ];

    private IReadOnlyList<(string Name, RunModelKind Kind)> Unlinked(IReadOnlyList<RunModel> stored) =>
        [
            .. stored
                .Where(link => TaskModels.Mentions(models, link.Kind))
                .Select(link => (link.Name, link.Kind))
                .Except(change.SetModels.Select(link => (link.Name, link.Kind))),
        ];
}
