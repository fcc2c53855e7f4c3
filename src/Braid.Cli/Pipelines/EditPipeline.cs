using System.Diagnostics;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Cli.Specs;
using Braid.Protos.Pps;

namespace Braid.Cli.Pipelines;

/// <summary>Opens a pipeline's spec in an editor, and updates the pipeline with what comes out of it.</summary>
internal static class EditPipeline
{
    private static readonly Flag editor = Flags.Value(
        "editor",
        null,
        "The editor; EDITOR when not given, else vi. It may have arguments."
    );

    public static Command Command { get; } =
        new Command("edit pipeline", "<pipeline>", "Edit a pipeline's spec, and update the pipeline.")
        {
            Flags = [editor, Flags.Output, Flags.Project, UpdatePipeline.Reprocess],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var isYaml = call.Text(Flags.Output) == "yaml";
        var before = SpecPrinter.Text(await SpecAsync(call, ct), isYaml);
        var after = await EditAsync(call, before, isYaml ? ".yaml" : ".json", ct);
        if (after == before)
        {
            call.Out.WriteLine("Pipeline unchanged, no update will be performed.");
            return 0;
        }

        foreach (var spec in SpecFile.Parse(after, "the edited spec"))
        {
            SpecSubmission.AddProject(spec, call.Project);
            await SpecSubmission.SendAsync(call, spec, update: true, call.Has(UpdatePipeline.Reprocess), ct);
        }

        return 0;
    }

    private static async Task<string> SpecAsync(Invocation call, CancellationToken ct)
    {
        var request = new InspectPipelineRequest
        {
            Pipeline = Names.Pipeline(call.Project, call.Arguments[0]),
            Details = true,
        };
        return (await call.Pach.CallAsync(PpsMethods.InspectPipeline, request, ct)).UserSpecJson;
    }

    private static async Task<string> EditAsync(Invocation call, string text, string ending, CancellationToken ct)
    {
        var path = Path.Combine(Path.GetTempPath(), $"braid-{Path.GetRandomFileName()}{ending}");
        try
        {
            await File.WriteAllTextAsync(path, text, ct);
            await OpenAsync(call.Text(editor) ?? call.World.Variable("EDITOR") ?? "vi", path, ct);
            return await File.ReadAllTextAsync(path, ct);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Through a shell, because an editor may be given with its arguments.</summary>
    private static async Task OpenAsync(string command, string path, CancellationToken ct)
    {
        using var process =
            Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{command} \"$1\"", "edit", path]))
            ?? throw new Failure($"cannot start {command}");
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0)
        {
            throw new Failure($"{command} ended with {process.ExitCode}: the pipeline was not changed");
        }
    }
}
