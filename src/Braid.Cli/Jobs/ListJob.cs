using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Cli.Pipelines;
using Braid.Protos.Pps;

namespace Braid.Cli.Jobs;

/// <summary>The jobs of a set, of a pipeline, or a line for each set.</summary>
internal static class ListJob
{
    private static readonly Flag pipeline = Flags.Value("pipeline", 'p', "Only jobs of this pipeline.");
    private static readonly Flag input = Flags.Values(
        "input",
        'i',
        "Only jobs that read this commit; may be repeated."
    );
    private static readonly Flag expand = Flags.Switch("expand", 'x', "Show every job, not the sets.");
    private static readonly Flag state = Flags.Values("state", null, "Only jobs in this state; may be repeated.");

    public static Command Command { get; } =
        new Command("list job", "[<job-id>]", "List the jobs of a set or of a pipeline, or all sets.")
        {
            Flags =
            [
                Flags.AllProjects,
                expand,
                Flags.FullTimestamps,
                History.Flag,
                input,
                Flags.NoPager,
                pipeline,
                .. Flags.Format,
                Flags.Project,
                state,
            ],
            RunAsync = RunAsync,
        }.Taking(0, 1);

    private static Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        if (call.Argument(0) is { } id)
        {
            var request = new InspectJobSetRequest
            {
                JobSet = new() { Id = id },
                Details = true,
            };
            return WriteAsync(call, call.Pach.StreamAsync(PpsMethods.InspectJobSet, request, ct));
        }

        var narrows = new[] { pipeline, input, state, History.Flag }.Any(flag => call.All(flag).Count > 0);
        return narrows || call.Has(expand)
            ? WriteAsync(call, call.Pach.StreamAsync(PpsMethods.ListJob, RequestOf(call), ct))
            : WriteSetsAsync(call, ct);
    }

    private static async Task<int> WriteAsync(Invocation call, IAsyncEnumerable<JobInfo> jobs)
    {
        var states = StateNames.Jobs(call.All(state));
        var table = new JobTable(call);
        await foreach (var job in jobs)
        {
            if (states.Count == 0 || states.Contains(job.State))
            {
                table.Add(job);
            }
        }

        table.Finish();
        return 0;
    }

    private static async Task<int> WriteSetsAsync(Invocation call, CancellationToken ct)
    {
        var request = new ListJobSetRequest();
        AddProject(call, request.Projects);
        var table = new JobSetTable(call);
        await foreach (var set in call.Pach.StreamAsync(PpsMethods.ListJobSet, request, ct))
        {
            table.Add(set);
        }

        table.Finish();
        return 0;
    }

    private static ListJobRequest RequestOf(Invocation call)
    {
        var request = new ListJobRequest { History = History.Of(call) };
        AddProject(call, request.Projects);
        if (call.Text(pipeline) is { } name)
        {
            request.Pipeline = Names.Pipeline(call.Project, name);
        }

        request.InputCommit.AddRange(call.All(input).Select(text => Names.Commit(call.Project, text)));
        return request;
    }

    private static void AddProject(
        Invocation call,
        Google.Protobuf.Collections.RepeatedField<Protos.Pfs.Project> projects
    )
    {
        if (!call.Has(Flags.AllProjects))
        {
            projects.Add(new Protos.Pfs.Project { Name = call.Project });
        }
    }
}
