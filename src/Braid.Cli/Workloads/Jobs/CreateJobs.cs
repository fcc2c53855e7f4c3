using Braid.Cli.CommandLine;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads.Jobs;

/// <summary>Submits Kubeflow's manifests, as kubectl does.</summary>
internal static class CreateJobs
{
    private static readonly Flag file = CommandLine.Flags.Value(
        "file",
        'f',
        "The manifests, YAML or JSON; \"-\" for standard input."
    );

    public static Command Command { get; } =
        new Command("create", "", "Submit distributed jobs (TFJob, PyTorchJob, MPIJob, ...) as their manifests say.")
        {
            Flags = [file, WorkloadFlags.Project],
            RunAsync = RunAsync,
        }.Taking(0);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var question = new NewJobsRecord { Manifests = await ReadAsync(call, ct), Project = ProjectChoice.Of(call) };
        var answer = await call.Web.CallAsync(
            HttpMethod.Post,
            "api/jobs",
            WorkloadCalls.Write(question, WorkloadRecordsJson.Default.NewJobsRecord),
            ct
        );
        foreach (var job in WorkloadCalls.Read(answer, WorkloadRecordsJson.Default.SubmittedJobsRecord).Jobs)
        {
            foreach (var warning in job.Warnings)
            {
                call.Error.WriteLine($"Warning: {warning}");
            }

            call.Out.Write($"{job.Kind.ToLowerInvariant()}.kubeflow.org/{job.Name} created\n");
        }

        return 0;
    }

    private static async Task<string> ReadAsync(Invocation call, CancellationToken ct)
    {
        var path =
            call.Text(file)
            ?? throw new Failure("create what? -f names a file of manifests; or see braid create --help");
        try
        {
            if (path != "-")
            {
                return await File.ReadAllTextAsync(path, ct);
            }

            using var input = new StreamReader(call.World.OpenInput());
            return await input.ReadToEndAsync(ct);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Failure(error.Message);
        }
    }
}
