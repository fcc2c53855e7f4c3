using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Jobs;
using Braid.Cli.Naming;
using Braid.Cli.Output;
using Braid.Cli.Workloads;
using Braid.Protos.Pps;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Logs;

/// <summary>What user code printed; with --worker also what the worker says about it.</summary>
internal static class ShowLogs
{
    private static readonly TimeSpan lastDay = TimeSpan.FromHours(24);

    private static readonly Flag pipeline = Flags.Value(
        "pipeline",
        'p',
        "Only lines of this pipeline; with a name, the name's project."
    );
    private static readonly Flag job = Flags.Value("job", 'j', "Only lines of this job (pipeline@job).");
    private static readonly Flag datum = Flags.Value("datum", null, "Only lines of this datum.");
    private static readonly Flag inputs = Flags.Value(
        "inputs",
        null,
        "Only lines of datums with these files, separated by commas."
    );
    private static readonly Flag master = Flags.Switch("master", null, "What the system says about the pipeline.");
    private static readonly Flag worker = Flags.Switch("worker", null, "Also what the worker says.");
    private static readonly Flag follow = Flags.Switch("follow", 'f', "Go on with new lines.");
    private static readonly Flag since = Flags.Value("since", null, "Only lines newer than this (default \"24h\").");
    private static readonly Flag tail = Flags.Value("tail", 't', "With a name: only the last so many lines.");
    private static readonly Flag pod = Flags.Value("pod", null, "With a name: only lines of this replica.");
    private static readonly Flag rank = Flags.Value(
        "rank",
        null,
        "With a name: only lines of the replica with this rank."
    );
    private static readonly Flag times = Flags.Switch("timestamps", null, "With a name: each line with its time.");

    public static Command Command { get; } =
        new Command("logs", "[<workload>]", "Show what jobs printed; with a name, what a submitted program printed.")
        {
            Flags =
            [
                datum,
                follow,
                inputs,
                job,
                master,
                pipeline,
                pod,
                Flags.Project,
                rank,
                Flags.Raw,
                since,
                tail,
                times,
                worker,
            ],
            RunAsync = (call, ct) =>
                call.Argument(0) is { } workload ? OfWorkloadAsync(call, workload, ct) : RunAsync(call, ct),
        }.Taking(0, 1);

    /// <summary>Run:ai's <c>logs NAME</c>: its letter p is for the project.</summary>
    private static Task<int> OfWorkloadAsync(Invocation call, string workload, CancellationToken ct)
    {
        var wish = new LogWish(
            call.Has(follow),
            call.Text(tail) is null ? null : (int)call.Number(tail, 0),
            call.World.Clock.GetUtcNow() - call.Span(since),
            call.Text(pod),
            call.Text(rank) is null ? null : (int)call.Number(rank, 0),
            call.Has(times)
        );
        var project = call.Text(pipeline) ?? call.Text(Flags.Project) ?? ProjectChoice.Usual(call);
        return new WorkloadLogs(call, wish).ShowAsync(workload, project, ct);
    }

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        await foreach (var line in call.Pach.StreamAsync(PpsMethods.GetLogs, await RequestOfAsync(call, ct), ct))
        {
            if (call.Has(Flags.Raw))
            {
                call.Out.WriteLine(RecordFormat.Line(line));
            }
            else if (line.User || call.Has(master) || call.Has(worker))
            {
                call.Out.WriteLine(line.Message.TrimEnd('\n'));
            }
        }

        return 0;
    }

    private static async Task<GetLogsRequest> RequestOfAsync(Invocation call, CancellationToken ct)
    {
        if (call.Text(tail) is not null)
        {
            throw new Failure("tail has been deprecated and removed from Pachyderm, use --since instead");
        }

        var request = new GetLogsRequest
        {
            Master = call.Has(master),
            Follow = call.Has(follow),
            Since = Duration.FromTimeSpan(call.Span(since) ?? lastDay),
        };
        request.DataFilters.AddRange((call.Text(inputs) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries));
        await AddScopeAsync(call, request, ct);
        return request;
    }

    private static async Task AddScopeAsync(Invocation call, GetLogsRequest request, CancellationToken ct)
    {
        if (call.Text(job) is { } text)
        {
            request.Job = await JobNames.FindAsync(call, text, ct);
        }
        else if (call.Text(pipeline) is { } name)
        {
            request.Pipeline = Names.Pipeline(call.Project, name);
        }

        if (call.Text(datum) is { } id)
        {
            request.Datum = new() { Job = request.Job ?? new() { Pipeline = request.Pipeline }, Id = id };
        }
    }
}
