using Braid.Cli.CommandLine;
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
        var wanted = SpoolPlaces.Named(call, options).ToHashSet(StringComparer.Ordinal);
        var problems = new Problems(problem => call.Error.WriteLine(problem));
        var resumption = new Resumption(options, problems)
        {
            Takes = folder => wanted.Contains(folder.Path),
            BackendOf = spooled => Found(spooled, BackendCatalog.Of(spooled, settings), problems),
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(call.Span(patience) ?? usualPatience);
        var report = await resumption.RunAsync(limit.Token);
        await problems.ToldAsync();
        var busy = wanted.Count - report.Sent - report.Left;
        call.Out.WriteLine($"sent {report.Sent}, left {report.Left}{(busy > 0 ? $", in use {busy}" : "")}");
        return report.Left == 0 ? 0 : 1;
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
