using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Primitives;
using Braid.Tracking.Models;

namespace Braid.Tracking.Runs;

/// <summary>
/// A draft with the same program, parameters, configuration, container and input models as a run; without what that one logged, made
/// or noted while it ran. What is null here is as it is there.
/// </summary>
public sealed record RunCloning
{
    /// <summary>The door it comes through.</summary>
    public required string Protocol { get; init; }
    public string? Name { get; init; }
    public string? Comment { get; init; }
    public ProjectId? Project { get; init; }

    /// <summary>Null for the source's parent, and where that has none for the source.</summary>
    public RunId? Parent { get; init; }
    public IReadOnlyList<string>? Labels { get; init; }
    public IReadOnlyList<string>? SystemLabels { get; init; }

    /// <summary>Labels of the source's own life, which no clone has.</summary>
    public IReadOnlyList<string> LabelsLeft { get; init; } = [];

    /// <summary>All of them, in place of the source's.</summary>
    public IReadOnlyList<RunParameter>? Parameters { get; init; }
    public IReadOnlyList<RunModel>? InputModels { get; init; }
    public string? Container { get; init; }
    public string? Configuration { get; init; }

    /// <summary>Members that take the place of those of the source's execution.</summary>
    public JsonObject Execution { get; init; } = [];

    internal NewRun Of(Run source) =>
        new()
        {
            Protocol = Protocol,
            JoinsJob = false,
            Name = Name ?? source.Name,
            Type = source.Type,
            Project = Project ?? source.ProjectId,
            Parent = Parent ?? source.ParentId ?? source.Id,
            With = new RunChange
            {
                Comment = Comment ?? source.Comment,
                Labels = Labels ?? source.Labels,
                SystemLabels = [.. (SystemLabels ?? source.SystemLabels).Except(LabelsLeft)],
                Documents = new()
                {
                    Script = source.Documents.Script,
                    Execution = ExecutionOf(source),
                    Container = Container ?? source.Documents.Container,
                    Configuration = Configuration ?? source.Documents.Configuration,
                    Extra = source.Documents.Extra,
                },
                Parameters = new() { Set = Parameters ?? source.Parameters },
                SetArtifacts = [.. source.Artifacts.Where(artifact => artifact.Mode == "input")],
                SetModels = InputModels ?? [.. source.Models.Where(model => model.Kind == RunModelKind.Input)],
            },
        };

    /// <summary>Queue and artifacts belong to the source's own run.</summary>
    private string ExecutionOf(Run source)
    {
        var execution = Parse(source.Documents.Execution);
        foreach (var (name, value) in Execution)
        {
            execution[name] = value?.DeepClone();
        }

        execution.Remove("queue");
        execution.Remove("artifacts");
        return execution.ToJsonString();
    }

    /// <summary>What a client wrote that is no object is none.</summary>
    private static JsonObject Parse(string? text)
    {
        try
        {
            return JsonNode.Parse(text ?? "{}") as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
