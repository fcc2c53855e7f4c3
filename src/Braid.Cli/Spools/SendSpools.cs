using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Tracking;
using Braid.Cli.TrackedRuns;
using Braid.Client.Backends;
using Braid.Client.Sending;
using Braid.Client.Spooling;

namespace Braid.Cli.Spools;

/// <summary>Sends what is left, with the credentials of the environment.</summary>
internal static class SendSpools
{
    private static readonly TimeSpan usualPatience = TimeSpan.FromMinutes(1);

    private static readonly Flag patience = Flags.Value(
        "timeout",
        null,
        "How long a server may be away before the rest is left (default \"1m\")."
    );

    public static Command Command { get; } =
        new Command("spool send", "[name] ...", "Send runs that programs logged and did not deliver.")
        {
            Flags = [SpoolPlaces.All, SpoolPlaces.Folder, patience],
            MostArguments = int.MaxValue,
            RunAsync = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var options = SpoolPlaces.OptionsOf(call);
        var settings = SpoolPlaces.SettingsOf(call);
        var (spools, events) = SpoolPlaces.Named(call, options);
        var wanted = spools.ToHashSet(StringComparer.Ordinal);
        var problems = new Problems(problem => call.Error.WriteLine(problem));
        var resumption = new Resumption(options, problems)
        {
            Takes = folder => wanted.Contains(folder.Path),
            BackendOf = spooled => Found(spooled, BackendCatalog.Of(spooled, settings), problems),
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(call.Span(patience) ?? usualPatience);
        var report = await resumption.RunAsync(limit.Token);
        var (sent, left) = (report.Sent, report.Left);
        foreach (var one in events)
        {
            var end = await SendAsync(call, one, problems, limit.Token);
            (sent, left) = (sent + (end is true ? 1 : 0), left + (end is false ? 1 : 0));
        }

        await problems.ToldAsync();
        var busy = wanted.Count + events.Count - sent - left;
        call.Out.WriteLine($"sent {sent}, left {left}{(busy > 0 ? $", in use {busy}" : "")}");
        return left == 0 ? 0 : 1;
    }

    /// <summary>Whether all was sent; null when a program holds it.</summary>
    private static async Task<bool?> SendAsync(
        Invocation call,
        LeftEvents left,
        Problems problems,
        CancellationToken ct
    )
    {
        using var spool = left.TryTake(call.World.Clock);
        if (spool is null)
        {
            return null;
        }

        try
        {
            using var clearml = new ClearMLClient(ClearMLAddress.Find(call.World, folder: null));
            await spool.SendAsync(clearml, ct);
            spool.Forget();
            return true;
        }
        catch (Exception away) when (TrackedRun.IsAway(away) || away is OperationCanceledException)
        {
            problems.Report($"{left.Name}: {away.Message}");
            return false;
        }
    }

    private static IBackend? Found(SpooledBackend spooled, IBackend? backend, Problems problems)
    {
        if (backend is null)
        {
            problems.Report(
                $"{spooled.Name} at {spooled.Address} is not what the environment leads to: set its client's variables (docs/guide/logging.md)"
            );
        }

        return backend;
    }
}
