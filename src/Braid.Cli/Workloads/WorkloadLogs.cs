using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads;

/// <summary>Which lines are wanted.</summary>
/// <param name="Follow">Also those that come.</param>
/// <param name="Tail">The last so many; null for all.</param>
/// <param name="Since">Only newer ones; null for all.</param>
/// <param name="Replica">Only this replica's; null for all.</param>
/// <param name="Rank">Only those of the replica that its framework knows by this number; null for all.</param>
/// <param name="ShowsTimes">Each with its time.</param>
internal sealed record LogWish(
    bool Follow,
    int? Tail,
    DateTimeOffset? Since,
    string? Replica,
    int? Rank,
    bool ShowsTimes
);

/// <summary>What the programs of a workload printed: its run's log, without what the server says in it.</summary>
internal sealed class WorkloadLogs(Invocation call, LogWish wish)
{
    /// <summary>So many more lines are asked for than are wanted: some are not the programs'.</summary>
    private const int spare = 50;

    private static readonly Flag follow = Flags.Switch("follow", 'f', "Go on with new lines.");
    private static readonly Flag tail = Flags.Value("tail", 't', "Only the last so many lines.");
    private static readonly Flag since = Flags.Value("since", null, "Only lines newer than this (\"5m\").");
    private static readonly Flag pod = Flags.Value("pod", null, "Only lines of this replica.");
    private static readonly Flag rank = Flags.Value("rank", null, "Only lines of the replica with this rank.");
    private static readonly Flag times = Flags.Switch("timestamps", null, "Each line with its time.");

    /// <summary>As a word of its own behind a noun; <c>braid logs NAME</c> is in <c>Logs/</c>.</summary>
    public static Command Command(string name) =>
        new Command(name, "<workload>", "Show what the programs of a workload printed.")
        {
            Flags = [follow, pod, WorkloadFlags.Project, rank, since, tail, times],
            RunAsync = (call, ct) =>
            {
                var wish = new LogWish(
                    call.Has(follow),
                    call.Text(tail) is null ? null : (int)call.Number(tail, 0),
                    call.World.Clock.GetUtcNow() - call.Span(since),
                    call.Text(pod),
                    call.Text(rank) is null ? null : (int)call.Number(rank, 0),
                    call.Has(times)
                );
                return new WorkloadLogs(call, wish).ShowAsync(call.Arguments[0], ProjectChoice.Of(call), ct);
            },
        }.Taking(1);

    private HashSet<string>? wanted;

    public async Task<int> ShowAsync(string which, string project, CancellationToken ct)
    {
        var workload = await WorkloadCalls.WorkloadAsync(call, which, project, ct);
        wanted = WantedOf(workload);
        var run = workload.Run ?? workload.Id;
        var isOne = wanted?.Count == 1 || workload.Replicas.Count <= 1;
        if (wish.Tail is { } last && !wish.Follow)
        {
            (await LastAsync(run, last, ct)).ForEach(line => Print(line, isOne));
            return 0;
        }

        await foreach (var line in LinesAsync(run, wish.Tail, ct))
        {
            Print(line, isOne);
        }

        return 0;
    }

    /// <summary>The replicas whose lines are shown; null for all that wrote to the run, also those that are gone.</summary>
    private HashSet<string>? WantedOf(WorkloadRecord workload)
    {
        if (wish is { Replica: null, Rank: null })
        {
            // The run of a part of a job has the lines of other parts, too.
            return workload.Run is null ? null : [.. workload.Replicas.Select(replica => replica.Name)];
        }

        var found = workload
            .Replicas.Where(replica => wish.Replica is null || replica.Name == wish.Replica)
            .Where(replica => wish.Rank is null || replica.Rank == wish.Rank)
            .Select(replica => replica.Name)
            .ToHashSet(StringComparer.Ordinal);
        return found.Count > 0 ? found : throw NoSuchReplica(workload);
    }

    private Failure NoSuchReplica(WorkloadRecord workload)
    {
        var which = string.Join(
            " and ",
            (
                (string?[])
                    [wish.Replica is { } name ? $"\"{name}\"" : null, wish.Rank is { } rank ? $"of rank {rank}" : null]
            ).OfType<string>()
        );
        var all = workload.Replicas.Select(replica =>
            replica.Rank is { } number && wish.Rank is not null ? $"{replica.Name} (rank {number})" : replica.Name
        );
        return new($"{workload.Name} has no replica {which}: it has {string.Join(", ", all)}");
    }

    /// <summary>The last lines that are wanted: among the last of all lines, or, when too few are there, among all.</summary>
    private async Task<List<JsonNode>> LastAsync(string run, int count, CancellationToken ct)
    {
        var near = await LinesAsync(run, count + spare, ct).ToListAsync(ct);
        var found = near.Count >= count ? near : await LinesAsync(run, null, ct).ToListAsync(ct);
        return [.. found.TakeLast(count)];
    }

    private async IAsyncEnumerable<JsonNode> LinesAsync(
        string run,
        int? last,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        var path = $"api/runs/{run}/live?follow={(wish.Follow ? "true" : "false")}&tail={last ?? -1}";
        var isLog = false;
        await foreach (var text in call.Web.TextAsync(HttpMethod.Get, path, null, ct))
        {
            if (text == "event: end")
            {
                yield break;
            }

            if (isLog)
            {
                foreach (var line in JsonNode.Parse(text["data: ".Length..])?.AsArray() ?? [])
                {
                    if (line is not null && IsWanted(line))
                    {
                        yield return line;
                    }
                }
            }

            isLog = text == "event: log";
        }
    }

    /// <summary>Replicas name themselves; what the server says about a run has nobody's name.</summary>
    private bool IsWanted(JsonNode line) =>
        $"{line["worker"]}" is { Length: > 0 } replica
        && wanted?.Contains(replica) != false
        && (wish.Since is not { } since || TimeOf(line) >= since);

    private void Print(JsonNode line, bool isOne)
    {
        var time = wish.ShowsTimes
            ? $"{TimeOf(line).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)} "
            : "";
        call.Out.Write($"{time}{(isOne ? "" : $"[{line["worker"]}] ")}{$"{line["text"]}".TrimEnd('\n')}\n");
        if (wish.Follow)
        {
            call.Out.Flush();
        }
    }

    private static DateTimeOffset TimeOf(JsonNode line) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long?)line["time"] ?? 0);
}
