using System.Globalization;
using Braid.Cli.CommandLine;
using Braid.Cli.Output;
using Braid.Cli.TrackedRuns;
using Braid.Client.Records;
using Braid.Client.Spooling;

namespace Braid.Cli.Spools;

/// <summary>Shows what is still to be sent.</summary>
internal static class ListSpools
{
    public static Command Command { get; } =
        new Command(
            "spool list",
            "",
            "List runs that programs with Braid.Client, and braid run, logged and did not deliver."
        )
        {
            Flags = [SpoolPlaces.Folder],
            RunAsync = (call, _) => Task.FromResult(Run(call)),
        }.Taking(0);

    private static int Run(Invocation call)
    {
        var table = new Table(call.Out, "NAME", "RUN", "STARTED", "SIZE", "FOR", "HOLDS") { IsOpenEnded = true };
        foreach (var spool in SpoolPlaces.Of(SpoolPlaces.OptionsOf(call)).Select(SpoolSummary.Of))
        {
            table.Add(
                spool.Name,
                NameOf(spool.Content),
                AgeOf(spool, call.World.Clock),
                Sizes.Words(spool.Bytes),
                string.Join(", ", spool.Waiting.Select(backend => $"{backend.Name} {backend.Address}")),
                Holds(spool)
            );
        }

        foreach (var left in SpoolPlaces.EventsOf(call))
        {
            Add(table, left, call.World.Clock);
        }

        table.Finish();
        return 0;
    }

    /// <summary>Such a file does not say which server it is for: the run does.</summary>
    private static void Add(Table table, LeftEvents left, TimeProvider clock)
    {
        using var held = left.TryTake(clock);
        var file = new FileInfo(left.Path);
        table.Add(
            left.Name,
            left.Run,
            Ages.Words(clock.GetUtcNow() - new DateTimeOffset(file.CreationTimeUtc)) + " ago",
            Sizes.Words(file.Length),
            "clearml",
            held is null ? "in use" : Counted(RecordKind.Console, held.Lines())
        );
    }

    private static string NameOf(SpoolContent content) =>
        (content.Start.Project is { } project ? $"{project}/" : "")
        + content.Start.Name
        + (content.Start.Rank > 0 ? $" (rank {content.Start.Rank})" : "");

    private static string AgeOf(SpoolSummary spool, TimeProvider clock) =>
        spool.Damage is not null
            ? "-"
            : Ages.Words(clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(spool.Content.Start.StartedAt))
                + " ago";

    private static string Holds(SpoolSummary spool) =>
        spool.Damage is { } damage ? $"cannot be read: {damage}"
        : spool.IsInUse ? "in use"
        : string.Join(
            ", ",
            spool
                .Records.OrderBy(records => records.Key)
                .Select(records => Counted(records.Key, records.Value))
                .DefaultIfEmpty("its end")
        );

    private static string Counted(RecordKind kind, long count)
    {
        var (one, many) = kind switch
        {
            RecordKind.Metric => ("point", "points"),
            RecordKind.Parameter => ("parameter", "parameters"),
            RecordKind.Console => ("line", "lines"),
            RecordKind.Audio => ("sound", "sounds"),
            _ => (kind.ToString().ToLowerInvariant(), $"{kind.ToString().ToLowerInvariant()}s"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");
    }
}
