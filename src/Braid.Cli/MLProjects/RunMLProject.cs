using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Tracking;
using Braid.Cli.TrackedRuns;
using Braid.Cli.TrackedRuns.Code;

namespace Braid.Cli.MLProjects;

/// <summary>Runs an MLflow project as a tracked run: what <c>mlflow run</c> does, and what <c>braid run</c> captures.</summary>
internal static class RunMLProject
{
    private static readonly Flag data = RunProgram.Data;
    private static readonly Flag entryPoint = Flags.Value(
        "entry-point",
        'e',
        "The entry point, or a script of the project (default: main)."
    );
    private static readonly Flag envManager = Flags.Value(
        "env-manager",
        null,
        "\"local\": run in the present environment, whatever the project wants."
    );
    private static readonly Flag experimentId = Flags.Value(
        "experiment-id",
        null,
        "The experiment of the run by its ID; MLFLOW_EXPERIMENT_ID when not given."
    );
    private static readonly Flag experimentName = Flags.Value(
        "experiment-name",
        null,
        "The experiment, which is a project, by its name; MLFLOW_EXPERIMENT_NAME, else Default, when not given."
    );
    private static readonly Flag parameter = Flags.Values(
        "param-list",
        'P',
        "A parameter, NAME=VALUE; may be repeated. Those that the entry point does not declare become --NAME VALUE."
    );
    private static readonly Flag runName = Flags.Value("run-name", null, "What the run is called.");
    private static readonly Flag storageDir = Flags.Value(
        "storage-dir",
        null,
        "Where what parameters of type path name by address is downloaded to."
    );
    private static readonly Flag version = Flags.Value("version", 'v', "The branch, tag or commit of a repository.");

    public static Command Command { get; } =
        new Command(
            "project run",
            "<folder|repository>[#<subfolder>]",
            "Run an MLflow project, on a disk or in git, as a tracked run."
        )
        {
            Flags =
            [
                data,
                entryPoint,
                envManager,
                experimentId,
                experimentName,
                RunProgram.Every,
                parameter,
                runName,
                storageDir,
                version,
            ],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var given = Given(call.All(parameter));
        var source = await ProjectSource.FetchAsync(call.Arguments[0], call.Text(version), call.Error, ct);
        var project = await MLProjectFile.ReadAsync(source.Folder, ct);
        ProjectEnvironment.RequirePresent(project.Environment, call.Text(envManager));
        var shell = call.World.Variable("SHELL") is { Length: > 0 } own ? own : "bash";
        var entry = project.EntryPointOf(call.Text(entryPoint) ?? "main", shell);
        var values = entry.ValuesOf(given);
        var paths = new PathParameters(call.Text(storageDir), call.Error);
        var command = entry.CommandOf(await paths.LocateAsync(entry, values, ct));

        var folder = call.Text(data);
        using var clearml = new ClearMLClient(ClearMLAddress.Find(call.World, folder));
        using var tracking = new TrackingClient(TrackingAddress.Find(call.World, folder));
        var experiment = await ProjectExperiment.FindAsync(
            call.World,
            call.Text(experimentName),
            call.Text(experimentId),
            clearml,
            tracking,
            ct
        );
        string[] program = command.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var code = await SourceCode.OfAsync(source.Folder, program, ct);
        var wish = new RunWish(["bash", "-c", command])
        {
            Project = experiment.Name,
            Name = call.Text(runName) ?? RunProgram.LongEnough(project.Name ?? Path.GetFileName(source.Folder)),
            Tags = [],
            Parameters = [.. values],
            Monitor = call.Span(RunProgram.Every) ?? RunProgram.UsualMonitor,
            Folder = source.Folder,
            Program = program,
            MLflowTags = ProjectTags.Of(source, code, entry.Name),
        };
        call.Error.WriteLine($"=== Running command '{command}' ===");
        var variables = ClientVariables.Of(call.World, folder);
        variables["MLFLOW_EXPERIMENT_ID"] = experiment.Id;
        var (id, end) = await new TrackedRun(wish, code, clearml, tracking, call.World).RunAsync(variables, ct);
        call.Error.WriteLine($"=== Run (ID '{id}') {(end.Code == 0 ? "succeeded" : "failed")} ===");
        return end.Code == 0 ? 0 : 1;
    }

    private static OrderedDictionary<string, string> Given(IReadOnlyList<string> texts)
    {
        var given = new OrderedDictionary<string, string>();
        foreach (var text in texts)
        {
            if (text.Split('=', 2) is not [{ Length: > 0 } name, var value])
            {
                throw new Failure($"Invalid format for -P parameter: '{text}'. Use -P name=value.");
            }

            if (!given.TryAdd(name, value))
            {
                throw new Failure($"Repeated parameter: '{name}'");
            }
        }

        return given;
    }
}
