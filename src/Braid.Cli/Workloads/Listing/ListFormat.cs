using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Output;

namespace Braid.Cli.Workloads.Listing;

/// <summary>Prints what the server answered as JSON or YAML, where that is asked for.</summary>
internal static class ListFormat
{
    /// <returns>False when a table is wanted.</returns>
    public static bool Print(Invocation call, JsonNode? records)
    {
        if (call.Has(WorkloadFlags.Yaml))
        {
            call.Out.Write(YamlText.Of(records));
        }
        else if (call.Has(WorkloadFlags.Json))
        {
            call.Out.Write(IndentedJson.Of(records ?? new JsonArray()) + "\n");
        }
        else
        {
            return false;
        }

        return true;
    }
}
