using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Jobs;
using Braid.Protos.Pps;

namespace Braid.Cli.OldForms;

/// <summary>Waits until the jobs that commits caused are finished, and lists them: what the job set of a commit is today.</summary>
internal static class FlushJob
{
    private static readonly Flag pipelines = Flags.Values(
        "pipeline",
        'p',
        "Only the jobs of this pipeline; may be repeated."
    );

    public static Command Command { get; } = Of("flush job");

    public static Command Dashed { get; } = Of("flush-job");

    private static Command Of(string name) =>
        new Command(name, "<repo>@<commit> ...", "Wait until the jobs that commits caused are finished: wait job.")
        {
            Flags = [Flags.FullTimestamps, pipelines, .. Flags.Format, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1, int.MaxValue);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var table = new JobTable(call);
        var wanted = call.All(pipelines);
        foreach (var set in await FlushCommit.SetsAsync(call, ct))
        {
            var request = new InspectJobSetRequest
            {
                JobSet = new() { Id = set },
                Wait = true,
            };
            await foreach (var job in call.Pach.StreamAsync(PpsMethods.InspectJobSet, request, ct))
            {
                if (wanted.Count == 0 || wanted.Contains(job.Job.Pipeline.Name))
                {
                    table.Add(job);
                }
            }
        }

        table.Finish();
        return 0;
    }
}
