using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Pipelines.Specs;
using Braid.Pipelines.Specs.Reading;
using Braid.Pipelines.Tools;
using Braid.Primitives;

namespace Braid.Pipelines.Templates;

/// <summary>What a template came to.</summary>
/// <param name="Json">A spec, or a list of them.</param>
public sealed record RenderedTemplate(string Json, IReadOnlyList<PipelineSpec> Specs);

/// <summary>
/// Evaluates templates of specs: a jsonnet function of texts whose result is a spec or a list of them. Debian's
/// <c>jsonnet</c> does it, in a sandbox, where imports find no files of anybody.
/// </summary>
public sealed class TemplateRenderer(SandboxedTools tools)
{
    private const string jsonnet = "jsonnet";

    /// <param name="arguments">The function's, by name.</param>
    public async Task<Result<RenderedTemplate>> RenderAsync(
        Caller caller,
        string template,
        IReadOnlyDictionary<string, string> arguments,
        CancellationToken ct
    )
    {
        if (caller.MayWriteData("pipelines") is { } denied)
        {
            return denied;
        }

        if (!SandboxedTools.Has(jsonnet))
        {
            return Errors.NoJsonnet();
        }

        if (
            arguments.Keys.FirstOrDefault(name => name.Length == 0 || name.Contains('=', StringComparison.Ordinal)) is
            { } bad
        )
        {
            return Errors.BadTemplateArgument(bad);
        }

        string[] command =
        [
            jsonnet,
            .. arguments.SelectMany(argument => (string[])["--tla-str", $"{argument.Key}={argument.Value}"]),
            "-",
        ];
        return (await tools.RunAsync(command, template.Split('\n'), ct)).Then(lines => Read(string.Concat(lines)));
    }

    private static Result<RenderedTemplate> Read(string json)
    {
        var rendered = JsonNode.Parse(json);
        IEnumerable<JsonNode?> documents = rendered is JsonArray list ? list : [rendered];
        var specs = new List<PipelineSpec>();
        foreach (var document in documents)
        {
            if (!SpecReader.Read(document?.ToJsonString() ?? "null").TryGet(out var spec, out var error))
            {
                return error;
            }

            specs.Add(spec);
        }

        return new RenderedTemplate(json, specs);
    }
}
