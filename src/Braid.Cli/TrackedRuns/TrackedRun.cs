using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Tracking;
using Braid.Cli.TrackedRuns.Code;
using Braid.Cli.TrackedRuns.Machines;
using Braid.Cli.TrackedRuns.Programs;

namespace Braid.Cli.TrackedRuns;

/// <summary>
/// A program's run, from its beginning to its end: 1 make the run, with what is known of the code and the machine; 2 start the
/// program; 3 while it runs, send what it prints and writes, and what the machine does; 4 send the rest; 5 say how it ended.
/// A server that goes away in between stops nothing: what is to be sent waits on the disk.
/// </summary>
internal sealed class TrackedRun(
    RunWish wish,
    SourceCode code,
    ClearMLClient clearml,
    TrackingClient tracking,
    Surroundings world
)
{
    private static readonly TimeSpan betweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>How long the rest is offered to a server that is away once the program has ended.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(1);

    /// <returns>The run's id, and how the program ended.</returns>
    public async Task<(string Id, ProgramEnd End)> RunAsync(
        IReadOnlyDictionary<string, string> variables,
        CancellationToken ct
    )
    {
        // 1
        var id = await MakeAsync(ct);
        world.Error.WriteLine($"braid: run {id}");
        using var spool = new EventSpool(id, world.Clock);
        var events = new NewEventFiles(
            tracking,
            wish.Folder,
            id,
            world.Clock,
            refusal => world.Error.WriteLine($"braid: {refusal}")
        );
        // 2
        await using var program = StartProgram(id, variables, spool, out var failure);
        if (program is null)
        {
            await EndAsync("failed", failure ?? "", CancellationToken.None);
            throw new Failure($"cannot start {wish.Words[0]}: {failure}");
        }

        // 3
        using var ended = new CancellationTokenSource();
        using var limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, world.Clock);
        Task[] meanwhile =
        [
            SendAsync(spool, events, ended.Token),
            new MachineMonitor(program.Id, spool, world).RunAsync(wish.Monitor, ended.Token),
            NotePackagesAsync(id, limit.Token),
        ];
        var end = await program.EndAsync();
        limit.CancelAfter(patience);
        await ended.CancelAsync();
        await Task.WhenAll(meanwhile);

        // 4
        await SendRestAsync(spool, events, limit.Token);
        // 5
        await EndAsync(end.Status, end.Reason, limit.Token);
        return (id, end);

        Task EndAsync(string status, string reason, CancellationToken until) => EndRunAsync(id, status, reason, until);
    }

    private async Task<string> MakeAsync(CancellationToken ct)
    {
        var body = new JsonObject
        {
            ["name"] = wish.Name,
            ["type"] = "training",
            ["project"] = await clearml.ProjectAsync(wish.Project, ct),
            ["tags"] = new JsonArray([.. wish.Tags.Select(tag => (JsonNode)tag)]),
            ["script"] = code.ToScript(),
            ["hyperparams"] = CommandParameters.Of(wish),
            ["configuration"] = new JsonObject
            {
                ["Environment"] = Configuration(
                    "Environment",
                    MaskedEnvironment.Text(Environment.GetEnvironmentVariables())
                ),
                ["Machine"] = Configuration("Machine", Machine.Text()),
            },
        };
        if (world.Variable(BraidRun) is { Length: > 0 } parent)
        {
            body["parent"] = parent;
        }

        var made = await clearml.CallAsync("tasks.create", body, ct);
        var id = made["id"]?.GetValue<string>() ?? throw new Failure("the server gave the run no id");
        await SetTagsAsync(id, ct);
        await clearml.CallAsync("tasks.started", new() { ["task"] = id, ["force"] = true }, ct);
        return id;
    }

    private async Task SetTagsAsync(string id, CancellationToken ct)
    {
        if (wish.MLflowTags.Count == 0)
        {
            return;
        }

        var tags = wish.MLflowTags.Select(tag => new JsonObject { ["key"] = tag.Key, ["value"] = tag.Value });
        try
        {
            await tracking.MLflowAsync(
                "runs/log-batch",
                new() { ["run_id"] = id, ["tags"] = new JsonArray([.. tags]) },
                ct
            );
        }
        catch (ServerAwayException away)
        {
            throw new Failure(away.Message);
        }
    }

    /// <summary>The run that programs of a run belong to: <c>braid run</c> inside of it makes a child.</summary>
    private const string BraidRun = "BRAID_RUN_ID";

    private ProgramProcess? StartProgram(
        string id,
        IReadOnlyDictionary<string, string> variables,
        EventSpool spool,
        out string? failure
    )
    {
        var own = new Dictionary<string, string>(variables)
        {
            [BraidRun] = id,
            ["CLEARML_TASK_ID"] = id,
            ["MLFLOW_RUN_ID"] = id,
            ["PYTHONUNBUFFERED"] = "1",
        };
        return ProgramProcess.TryStart(wish.Words, wish.Folder, own, spool, world, out failure);
    }

    private async Task SendAsync(EventSpool spool, NewEventFiles events, CancellationToken ended)
    {
        var told = false;
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await spool.SendAsync(clearml, ended);
                await events.SendAsync(ended);
                told = false;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception away) when (IsAway(away))
            {
                Tell(away.Message, ref told);
            }

            await Task.Delay(betweenLooks, world.Clock, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendRestAsync(EventSpool spool, NewEventFiles events, CancellationToken limit)
    {
        for (var told = false; ; )
        {
            try
            {
                await spool.SendAsync(clearml, limit);
                await events.SendAllAsync(limit);
                if (spool.Lost > 0)
                {
                    world.Error.WriteLine(
                        $"braid: {spool.Lost} lines or measurements are lost: {spool.Path} could not be written"
                    );
                }

                spool.Forget();
                return;
            }
            catch (Exception away) when (IsAway(away))
            {
                Tell(away.Message, ref told);
                await Task.Delay(betweenLooks, world.Clock, limit)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                // Told below.
            }

            if (limit.IsCancellationRequested)
            {
                world.Error.WriteLine($"braid: the rest of what was logged could not be sent; it is in {spool.Path}");
                return;
            }
        }
    }

    /// <summary>The server may be there again later.</summary>
    internal static bool IsAway(Exception thrown) =>
        thrown is Failure or ServerAwayException or HttpRequestException or IOException;

    private void Tell(string why, ref bool told)
    {
        if (!told)
        {
            world.Error.WriteLine($"braid: {why}; what is logged waits");
        }

        told = true;
    }

    /// <summary>Packages take a second to list: the program does not wait for that.</summary>
    private async Task NotePackagesAsync(string id, CancellationToken ct)
    {
        var found = await Packages.OfAsync(wish.Program, wish.Folder);
        if (found.Count == 0)
        {
            return;
        }

        var script = code.ToScript();
        script["requirements"] = found;
        try
        {
            await clearml.CallAsync(
                "tasks.edit",
                new()
                {
                    ["task"] = id,
                    ["script"] = script,
                    ["force"] = true,
                },
                ct
            );
        }
        catch (Exception refused) when (IsAway(refused) || refused is OperationCanceledException)
        {
            world.Error.WriteLine($"braid: the packages are not noted: {refused.Message}");
        }
    }

    private async Task EndRunAsync(string id, string status, string reason, CancellationToken ct)
    {
        try
        {
            var body = new JsonObject
            {
                ["task"] = id,
                ["status_reason"] = reason,
                ["status_message"] = reason,
                ["force"] = true,
            };
            await clearml.CallAsync($"tasks.{status}", body, ct);
            world.Error.WriteLine($"braid: run {id} {status}{(reason.Length > 0 ? $": {reason}" : "")}");
        }
        catch (Exception failed) when (IsAway(failed) || failed is OperationCanceledException)
        {
            world.Error.WriteLine($"braid: the end of run {id} could not be told ({reason}): {failed.Message}");
        }
    }

    private static JsonObject Configuration(string name, string text) =>
        new()
        {
            ["name"] = name,
            ["type"] = "text",
            ["value"] = text,
        };
}
