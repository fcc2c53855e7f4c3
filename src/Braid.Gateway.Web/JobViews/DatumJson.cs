using System.Text.Json.Nodes;
using Braid.Gateway.Web.PipelineViews;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Logs;

namespace Braid.Gateway.Web.JobViews;

/// <summary>Datums as the pages read them.</summary>
internal static class DatumJson
{
    private const int mostPaths = 4;

    /// <summary>What a square of the grid tells; thousands are in one answer.</summary>
    public static JsonObject Summary(Datum datum) =>
        new()
        {
            ["id"] = datum.Id,
            ["state"] = PipelineJson.Word(datum.State),
            ["reason"] = datum.Reason,
            ["paths"] = Answer.List(datum.Inputs.Take(mostPaths), file => file.Path),
            ["seconds"] = datum.Stats.ProcessTime.TotalSeconds,
        };

    public static JsonObject Details(Datum datum)
    {
        var details = Summary(datum);
        details["files"] = Answer.List(datum.Inputs, File);
        details["stats"] = JobJson.Stats(datum.Stats);
        return details;
    }

    /// <param name="number">Its place among the lines that are sent.</param>
    public static JsonObject Line(JobLogLine line, int number) =>
        new()
        {
            ["number"] = number,
            ["time"] = line.At.ToUnixTimeMilliseconds(),
            ["worker"] = line.Worker,
            ["level"] = line.Level,
            ["abandoned"] = false,
            ["text"] = line.Message,
        };

    private static JsonObject File(DatumFile file) =>
        new()
        {
            ["name"] = file.Name,
            ["repo"] = file.Repo,
            ["branch"] = file.Branch,
            ["commit"] = $"{file.Commit}",
            ["path"] = file.Path,
            ["isFolder"] = file.IsDirectory,
            ["size"] = file.SizeBytes,
            ["hash"] = $"{file.Hash}",
        };
}
