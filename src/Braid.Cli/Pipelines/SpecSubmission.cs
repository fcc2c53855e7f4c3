using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Specs;
using Braid.Protos.Pps;

namespace Braid.Cli.Pipelines;

/// <summary>Sends the specs of a file to the server: what create and update have in common.</summary>
internal static class SpecSubmission
{
    public static readonly Flag File = Flags.Value(
        "file",
        'f',
        "The file with the specs, JSON or YAML; \"-\" is standard input (default \"-\")."
    );
    public static readonly Flag DryRun = Flags.Switch("dry-run", null, "Do not submit: print what would be.");

    public static async Task<int> SendAsync(Invocation call, bool update, bool reprocess, CancellationToken ct)
    {
        foreach (var spec in await ReadAsync(call, ct))
        {
            AddProject(spec, call);
            var request = new CreatePipelineV2Request
            {
                CreatePipelineRequestJson = spec.ToJsonString(),
                DryRun = call.Has(DryRun),
                Update = update,
                Reprocess = reprocess,
            };
            var answer = await call.Pach.CallAsync(PpsMethods.CreatePipelineV2, request, ct);
            if (call.Has(DryRun))
            {
                call.Out.WriteLine(answer.EffectiveCreatePipelineRequestJson);
            }
        }

        return 0;
    }

    private static async Task<IReadOnlyList<JsonObject>> ReadAsync(Invocation call, CancellationToken ct)
    {
        var path = call.Text(File) ?? "-";
        if (path != "-")
        {
            return await SpecFile.ReadAsync(path, ct);
        }

        call.RemindOfInput();
        using var reader = new StreamReader(call.World.OpenInput());
        return SpecFile.Parse(await reader.ReadToEndAsync(ct), "standard input");
    }

    /// <summary>A spec that names no project goes into the current one.</summary>
    private static void AddProject(JsonObject spec, Invocation call)
    {
        if (spec["pipeline"] is JsonObject pipeline && pipeline["project"] is null)
        {
            pipeline["project"] = new JsonObject { ["name"] = call.Project };
        }
    }
}
