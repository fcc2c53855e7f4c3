using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads.Listing;

/// <summary>Lists submitted work, newest first; what was deleted is shown only where its status is asked for.</summary>
internal static class ListWorkloads
{
    private const string shown = "pending,running,suspended,succeeded,failed";

    private static readonly Flag status = Flags.Value(
        "status",
        null,
        "Only those of this status: Pending, Running, Preempted, Suspended, Succeeded, Failed, TimedOut, Deleted, ..."
    );
    private static readonly Flag type = Flags.Value(
        "type",
        null,
        "Only those of this type: Train, Interactive, Inference."
    );
    private static readonly Flag limit = Flags.Value("limit", null, "At most so many.");
    private static readonly Flag offset = Flags.Value("offset", null, "Leave out so many.");

    /// <param name="name">Its words.</param>
    /// <param name="kind">What it lists; null for everything.</param>
    public static Command Command(string name, string? kind) =>
        new Command(name, "", kind is null ? "List submitted work." : $"List workloads of the kind {kind}.")
        {
            Flags =
            [
                WorkloadFlags.All,
                WorkloadFlags.AllProjects,
                limit,
                offset,
                WorkloadFlags.Project,
                status,
                .. kind is null ? (Flag[])[type] : [],
                .. WorkloadFlags.Format,
            ],
            RunAsync = (call, ct) => RunAsync(call, kind, ct),
        }.Taking(0, 1);

    private static async Task<int> RunAsync(Invocation call, string? kind, CancellationToken ct)
    {
        // "list" is a word of several commands: what follows it may be a noun that there is not.
        if (call.Argument(0) is { } noun)
        {
            string[] words = [.. call.Command.Name.Split(' '), noun];
            throw new Failure($"unknown command \"{string.Join(' ', words)}\": {NearestCommand.Hint(words)}");
        }

        var answer = await call.Web.CallAsync(HttpMethod.Get, $"api/workloads?{QueryOf(call, kind)}", ct);
        var nodes = answer["workloads"]?.AsArray() ?? [];
        var listed = WorkloadCalls.Read(answer, WorkloadRecordsJson.Default.WorkloadListRecord).Workloads;
        var chosen = listed.Zip(nodes).Where(pair => IsChosen(call, pair.First)).ToList();
        if (call.Text(status) is not null)
        {
            chosen = [.. chosen.Skip((int)call.Number(offset, 0)).Take((int)call.Number(limit, int.MaxValue))];
        }

        if (!ListFormat.Print(call, new JsonArray([.. chosen.Select(pair => pair.Second?.DeepClone())])))
        {
            WorkloadTable.Write(call, [.. chosen.Select(pair => pair.First)]);
        }

        return 0;
    }

    /// <summary>A status is more than a state: pages of it are cut here, others by the server.</summary>
    private static string QueryOf(Invocation call, string? kind)
    {
        var states = call.Text(status) is { } word
            ? WorkloadStatus.StatesOf(word) ?? throw new Failure($"there is no status \"{word}\": {status.Help}")
            : shown;
        var kinds = kind ?? (call.Text(type) is { } given ? WorkloadTypes.KindOf(given) : null);
        var everywhere = call.Has(WorkloadFlags.All) || call.Has(WorkloadFlags.AllProjects);
        var page = call.Text(status) is null
            ? $"&limit={call.Number(limit, 10_000)}&offset={call.Number(offset, 0)}"
            : "";
        return $"state={states}&kind={WorkloadTypes.WithJobs(kinds)}{page}"
            + (everywhere ? "" : $"&project={Uri.EscapeDataString(ProjectChoice.Of(call))}");
    }

    private static bool IsChosen(Invocation call, WorkloadRecord workload) =>
        call.Text(status) is not { } word
        || string.Equals(WorkloadStatus.Of(workload), WorkloadStatus.OfV1(word), StringComparison.OrdinalIgnoreCase);
}
