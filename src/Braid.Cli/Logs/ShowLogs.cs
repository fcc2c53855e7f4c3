using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Jobs;
using Braid.Cli.Naming;
using Braid.Cli.Output;
using Braid.Protos.Pps;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Logs;

/// <summary>What user code printed; with --worker also what the worker says about it.</summary>
internal static class ShowLogs
{
    private static readonly TimeSpan lastDay = TimeSpan.FromHours(24);

    private static readonly Flag pipeline = Flags.Value("pipeline", 'p', "Only lines of this pipeline.");
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
    private static readonly Flag tail = Flags.Value("tail", 't', "No longer there: use --since.");

    public static Command Command { get; } =
        new Command("logs", "", "Show what jobs printed.")
        {
            Flags = [datum, follow, inputs, job, master, pipeline, Flags.Project, Flags.Raw, since, tail, worker],
            RunAsync = RunAsync,
        }.Taking(0);

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
