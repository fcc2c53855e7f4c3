using Braid.Cli.CommandLine;
using Braid.Cli.Pipelines;

namespace Braid.Cli.Defaults;

/// <summary>What every pipeline of the cluster or of a project has unless its spec says otherwise.</summary>
internal static class DefaultsCommands
{
    private static readonly Flag cluster = Flags.Switch("cluster", null, "Those of the cluster, not of the project.");
    private static readonly Flag file = Flags.Value(
        "file",
        'f',
        "The file with the defaults, JSON or YAML; \"-\" is standard input (default \"-\")."
    );
    private static readonly Flag regenerate = Flags.Switch(
        "regenerate",
        null,
        "Update every pipeline that they change."
    );
    private static readonly Flag reprocess = Flags.Switch(
        "reprocess",
        null,
        "With --regenerate: run every datum of those again."
    );
    private static readonly Flag dryRun = Flags.Switch(
        "dry-run",
        null,
        "Change nothing: print which pipelines it would."
    );

    public static Command Inspect { get; } =
        new Command("inspect defaults", "", "Show the defaults of pipelines.")
        {
            Flags = [cluster, .. Flags.Format, Flags.Project],
            RunAsync = async (call, ct) =>
            {
                new SpecPrinter(call).Print(await DefaultsCalls.GetAsync(call, call.Has(cluster), ct));
                return 0;
            },
        }.Taking(0);

    public static Command Create { get; } = Setting("create defaults", "Set the defaults of pipelines.", [file]);

    public static Command Update { get; } = Setting("update defaults", "Replace the defaults of pipelines.", [file]);

    public static Command Delete { get; } = Setting("delete defaults", "Have no defaults of pipelines.", []);

    private static Command Setting(string name, string summary, IReadOnlyList<Flag> own) =>
        new Command(name, "", summary)
        {
            Flags = [cluster, dryRun, .. own, Flags.Project, regenerate, reprocess],
            RunAsync = SetAsync,
        }.Taking(0);

    private static async Task<int> SetAsync(Invocation call, CancellationToken ct)
    {
        var change = new DefaultsChange(
            await JsonAsync(call, ct),
            call.Has(regenerate),
            call.Has(reprocess),
            call.Has(dryRun)
        );
        var affected = await DefaultsCalls.SetAsync(call, call.Has(cluster), change, ct);
        foreach (var pipeline in affected)
        {
            call.Out.Write($"{pipeline.Project?.Name}/{pipeline.Name}\n");
        }

        return 0;
    }

    private static async Task<string> JsonAsync(Invocation call, CancellationToken ct)
    {
        if (!call.Command.Flags.Contains(file))
        {
            return "{}";
        }

        var path = call.Text(file) ?? "-";
        var all = Specs.SpecFile.Parse(await SpecSource.TextAsync(call, path, ct), path, "defaults");
        return all is [var one]
            ? one.ToJsonString()
            : throw new Failure($"{path} holds {all.Count} documents, not one");
    }
}
