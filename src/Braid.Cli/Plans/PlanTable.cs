using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Output;

namespace Braid.Cli.Plans;

/// <summary>What pipelines would do, a line each: numbers first, and why.</summary>
internal sealed class PlanTable(Invocation call)
{
    private readonly Table table = new(call.Out, "PIPELINE", "RUN", "SKIP", "GONE", "WHY");
    private bool isEmpty = true;

    public void Add(JsonObject pipeline)
    {
        isEmpty = false;
        var awaits = Texts(pipeline["awaits"]);
        if (awaits.Count > 0)
        {
            table.Add(Name(pipeline), "?", "?", "?", $"after {string.Join(", ", awaits)} has run");
            return;
        }

        table.Add(Name(pipeline), $"{pipeline["run"]}", $"{pipeline["skip"]}", $"{pipeline["gone"]}", Why(pipeline));
    }

    public void Finish()
    {
        if (isEmpty)
        {
            call.Out.Write("No pipeline reads it: nothing would run.\n");
        }
        else
        {
            table.Finish();
        }
    }

    private string Name(JsonObject pipeline) => PlanNames.Short($"{pipeline["pipeline"]}", call.Project);

    private static string Why(JsonObject pipeline)
    {
        IEnumerable<string> reasons = (pipeline["reasons"] as JsonObject ?? [])
            .OrderByDescending(reason => (long?)reason.Value)
            .Select(reason => $"{reason.Value} {reason.Key}");
        return string.Join("; ", $"{pipeline["new"]}" == "true" ? reasons.Prepend("a new pipeline") : reasons);
    }

    private List<string> Texts(JsonNode? list) =>
        [.. (list as JsonArray ?? []).Select(name => PlanNames.Short($"{name}", call.Project))];
}
