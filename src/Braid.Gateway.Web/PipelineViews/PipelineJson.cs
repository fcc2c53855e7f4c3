using System.Text.Json.Nodes;
using Braid.Gateway.Web.JobViews;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Overviews;
using Braid.Pipelines.Specs;

namespace Braid.Gateway.Web.PipelineViews;

/// <summary>Pipelines as the pages read them; times are ISO 8601, states lower-case words.</summary>
internal static class PipelineJson
{
    public static JsonObject Overview(PipelineOverview overview)
    {
        var row = Summary(overview.Pipeline);
        row["job"] = overview.LastJob is { } job ? JobJson.Overview(job) : null;
        row["unfinished"] = overview.Unfinished;
        row["behindSince"] = overview.BehindSince;
        row["failedInARow"] = overview.FailedInARow;
        return row;
    }

    public static JsonObject Details(PipelineVersion version)
    {
        var details = Summary(version);
        details["createdBy"] = version.CreatedBy;
        details["parallelism"] = version.Spec.Parallelism;
        details["spec"] = JsonNode.Parse(version.Spec.Json);
        details["userSpec"] = JsonNode.Parse(version.Spec.UserJson);
        details["address"] = version.Address is { } address ? $"{address.Ip}:{address.Port}" : null;
        details["warnings"] = Answer.List(version.Spec.Warnings, warning => warning);
        return details;
    }

    public static JsonObject Version(PipelineVersion version) =>
        new()
        {
            ["version"] = version.Version,
            ["made"] = version.UpdatedAt,
            ["commit"] = $"{version.SpecCommit}",
        };

    private static JsonObject Summary(PipelineVersion version) =>
        new()
        {
            ["project"] = version.Pipeline.Project,
            ["name"] = version.Pipeline.Name,
            ["version"] = version.Version,
            ["state"] = Word(version.State),
            ["reason"] = version.Reason,
            ["kind"] = Word(version.Spec.Kind),
            ["description"] = version.Spec.Description,
            ["created"] = version.CreatedAt,
            ["updated"] = version.UpdatedAt,
            ["branch"] = version.Spec.OutputBranch,
            ["inputs"] = Answer.List(version.Spec.Input.Leaves, Leaf),
        };

    private static JsonObject Leaf(Input.Leaf leaf) =>
        new()
        {
            ["name"] = leaf.Name,
            ["project"] = leaf.Project,
            ["repo"] = leaf.Repo,
            ["branch"] = leaf.Branch,
            ["glob"] = leaf.Glob,
            ["cron"] = (leaf as Input.Cron)?.Spec,
        };

    public static string Word<T>(T value)
        where T : struct, Enum => $"{value}".ToLowerInvariant();
}
