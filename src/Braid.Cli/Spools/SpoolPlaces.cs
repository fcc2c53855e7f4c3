using Braid.Cli.CommandLine;
using Braid.Cli.TrackedRuns;
using Braid.Client;
using Braid.Client.Configuration;
using Braid.Client.Spooling;

namespace Braid.Cli.Spools;

/// <summary>
/// The spools of this user that programs with <c>Braid.Client</c> left, or still write, what <c>braid run</c> left beside them, and which of
/// them a command means.
/// </summary>
internal static class SpoolPlaces
{
    public static readonly Flag All = Flags.Switch("all", null, "All that no program uses.");

    public static readonly Flag Folder = Flags.Value(
        "spool-dir",
        null,
        "The spool folder; TRACELET_SPOOL_DIR and the usual ones when not given."
    );

    /// <exception cref="Failure">A setting is wrong.</exception>
    public static LoggingOptions OptionsOf(Invocation call)
    {
        try
        {
            var options = LoggingOptions.FromEnvironment(name =>
                name == "TRACELET_BACKEND" ? null : call.World.Variable(name)
            );
            return call.Text(Folder) is { } folder ? options with { SpoolRoots = [Path.GetFullPath(folder)] } : options;
        }
        catch (ArgumentException wrong)
        {
            throw new Failure(wrong.Message);
        }
    }

    /// <summary>Their folders, the oldest first.</summary>
    public static IReadOnlyList<string> Of(LoggingOptions options) =>
        [.. options.SpoolRoots.Distinct().SelectMany(root => SpoolFolders.Own(root, FolderAccess.Me))];

    /// <summary>What <c>braid run</c> could not send.</summary>
    public static IReadOnlyList<LeftEvents> EventsOf(Invocation call) =>
        LeftEvents.In(call.Text(Folder) is { } folder ? Path.GetFullPath(folder) : Path.GetTempPath());

    /// <summary>Those that the arguments name, or all.</summary>
    /// <exception cref="Failure">Nothing is named, or something that is not there.</exception>
    public static (IReadOnlyList<string> Spools, IReadOnlyList<LeftEvents> Events) Named(
        Invocation call,
        LoggingOptions options
    )
    {
        var (spools, events) = (Of(options), EventsOf(call));
        if (call.Has(All) == call.Arguments.Count > 0)
        {
            throw new Failure("which spools? Give their names (braid spool list), or --all")
            {
                ShowUsageOf = call.Command,
            };
        }

        if (call.Has(All))
        {
            return (spools, events);
        }

        var names = call.Arguments.ToHashSet(StringComparer.Ordinal);
        var named = (
            Spools: spools.Where(folder => names.Contains(Path.GetFileName(folder))).ToList(),
            Events: events.Where(left => names.Contains(left.Name)).ToList()
        );
        names.ExceptWith([
            .. named.Spools.Select(folder => Path.GetFileName(folder)),
            .. named.Events.Select(left => left.Name),
        ]);
        return names.Count == 0
            ? named
            : throw new Failure($"there is no spool {names.First()} in {string.Join(", ", options.SpoolRoots)}");
    }

    /// <summary>What leads to the servers that spools wait for.</summary>
    public static Settings SettingsOf(Invocation call) => Settings.Of(call.World.Variable);
}
