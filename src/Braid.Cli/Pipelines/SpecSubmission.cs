using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pps;

namespace Braid.Cli.Pipelines;

/// <summary>Sends specs to the server: what create, update and edit have in common.</summary>
internal static class SpecSubmission
{
    public static readonly Flag DryRun = Flags.Switch("dry-run", null, "Do not submit: print what would be.");

    public static IReadOnlyList<Flag> All { get; } =
    [DryRun, .. Flags.Format, Flags.Project, .. ImageAdvice.All, .. SpecSource.All];

    public static async Task<int> SendAsync(Invocation call, bool update, bool reprocess, CancellationToken ct)
    {
        ImageAdvice.GiveOnPush(call);
        foreach (var spec in await SpecSource.ReadAsync(call, ct))
        {
            AddProject(spec, call.Project);
            ImageAdvice.GiveOnTag(call, spec);
            await SendAsync(call, spec, update, reprocess, ct);
        }

        return 0;
    }

    /// <summary>A spec may itself say that it is an update, a reprocessing or a dry run.</summary>
    public static async Task SendAsync(
        Invocation call,
        JsonObject spec,
        bool update,
        bool reprocess,
        CancellationToken ct
    )
    {
        var request = new CreatePipelineV2Request
        {
            DryRun = Says(spec, "dry_run", "dryRun") || call.Has(DryRun),
            Update = Says(spec, "update") || update,
            Reprocess = Says(spec, "reprocess") || reprocess,
            CreatePipelineRequestJson = spec.ToJsonString(),
        };
        var answer = await call.Pach.CallAsync(PpsMethods.CreatePipelineV2, request, ct);
        foreach (var warning in answer.Warnings)
        {
            call.Error.WriteLine($"warning: {warning}");
        }

        if (request.DryRun)
        {
            new SpecPrinter(call).Print(answer.EffectiveCreatePipelineRequestJson);
        }
    }

    /// <summary>A spec that names no project goes into the current one.</summary>
    public static void AddProject(JsonObject spec, string project)
    {
        if (spec["pipeline"] is JsonObject pipeline && pipeline["project"] is null)
        {
            pipeline["project"] = new JsonObject { ["name"] = project };
        }
    }

    private static bool Says(JsonObject spec, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (spec[name] is JsonValue value && value.TryGetValue<bool>(out var isIt) && isIt)
            {
                return true;
            }
        }

        return false;
    }
}
