using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Gateway.Web.Runs.Listing;
using Braid.Tracking;
using Braid.Tracking.Inputs;
using Braid.Tracking.Runs;

namespace Braid.Gateway.Web.Runs;

/// <summary>A run as the pages read it; times are ISO 8601 in UTC.</summary>
internal static class RunJson
{
    public static JsonObject Summary(Run run, string project) =>
        new()
        {
            ["id"] = run.Id.ToString(),
            ["name"] = run.Name,
            ["project"] = project,
            ["type"] = run.Type,
            ["status"] = run.Status.ToText(),
            ["statusReason"] = run.StatusReason,
            ["statusMessage"] = run.StatusMessage,
            ["parent"] = run.ParentId?.ToString(),
            ["user"] = run.User,
            ["created"] = run.Created,
            ["started"] = run.Started,
            ["completed"] = run.Completed,
            ["lastIteration"] = run.LastIteration,
            ["labels"] = Answer.List(run.Labels, label => label),
            ["archived"] = run.Trashed is not null || run.SystemLabels.Contains(RunTable.ArchivedLabel),
        };

    /// <summary>What the run itself says, with its parameters and tags.</summary>
    public static JsonObject Details(Run run, string project) =>
        new()
        {
            ["run"] = Summary(run, project),
            ["comment"] = RunNotes.Of(run),
            ["worker"] = run.LastWorker,
            ["parameters"] = Answer.List(run.Parameters, Parameter),
            ["tags"] = Answer.List(run.Tags, Tag),
            ["script"] = Document(run.Documents.Script),
            ["container"] = Document(run.Documents.Container),
            ["configuration"] = Document(run.Documents.Configuration),
            ["runtime"] = Document(run.Documents.Runtime),
        };

    public static JsonObject Parameter(RunParameter parameter) =>
        new()
        {
            ["section"] = parameter.Section,
            ["name"] = parameter.Name,
            ["value"] = parameter.Value,
        };

    public static JsonObject Input(RunInput input) =>
        new()
        {
            ["name"] = input.Name,
            ["repo"] = input.Repo,
            ["branch"] = input.Branch,
            ["commit"] = input.Commit,
        };

    public static JsonObject Dataset(DatasetInput input) =>
        new()
        {
            ["name"] = input.Dataset.Name,
            ["digest"] = input.Dataset.Digest,
            ["sourceType"] = input.Dataset.SourceType,
            ["source"] = input.Dataset.Source,
        };

    private static JsonObject Tag(Tag tag) => new() { ["key"] = tag.Key, ["value"] = tag.Value };

    /// <summary>A section that a client wrote; one that is no JSON object is none.</summary>
    public static JsonNode? Document(string? text)
    {
        try
        {
            return text is null ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
