using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Output;

namespace Braid.Cli.Pipelines;

/// <summary>Prints specs as files that create pipeline reads again: JSON, or with <c>-o yaml</c> YAML.</summary>
internal sealed class SpecPrinter(Invocation call)
{
    private readonly bool yaml = call.Text(Flags.Output) switch
    {
        null or "json" => false,
        "yaml" => true,
        var other => throw new Failure($"unrecognized encoding: \"{other}\" (--output takes \"json\" or \"yaml\")"),
    };
    private bool hasPrinted;

    /// <summary>One that is not known (a server before 2.8 does not tell) prints nothing.</summary>
    public void Print(string json)
    {
        if (json.Length == 0)
        {
            return;
        }

        call.Out.Write(yaml && hasPrinted ? "---\n" : "");
        call.Out.Write(Text(json, yaml));
        hasPrinted = true;
    }

    /// <summary>A spec for the eye; one that is no JSON as it is, none as nothing.</summary>
    public static string Text(string json, bool yaml)
    {
        if (json.Length == 0)
        {
            return "";
        }

        try
        {
            var spec = JsonNode.Parse(json);
            return spec is null ? ""
                : yaml ? YamlText.Of(spec)
                : IndentedJson.Of(spec) + "\n";
        }
        catch (JsonException)
        {
            return json + "\n";
        }
    }
}
