using Braid.Cli.CommandLine;
using Braid.Client;
using Braid.Client.Configuration;
using Braid.Client.Spooling;

namespace Braid.Cli.Spools;

/// <summary>The spools of this user that programs with <c>Braid.Client</c> left, or still write, and which of them a command means.</summary>
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

    /// <summary>Those that the arguments name, or all.</summary>
    /// <exception cref="Failure">Nothing is named, or something that is not there.</exception>
    public static IReadOnlyList<string> Named(Invocation call, LoggingOptions options)
    {
        var all = Of(options);
        if (call.Has(All) == call.Arguments.Count > 0)
        {
            throw new Failure("which spools? Give their names (braid spool list), or --all")
            {
                ShowUsageOf = call.Command,
            };
        }

        return call.Has(All)
            ? all
            :
            [
                .. call.Arguments.Select(name =>
                    all.FirstOrDefault(folder => Path.GetFileName(folder) == name)
                    ?? throw new Failure($"there is no spool {name} in {string.Join(", ", options.SpoolRoots)}")
                ),
            ];
    }

    /// <summary>What leads to the servers that spools wait for.</summary>
    public static Settings SettingsOf(Invocation call) => Settings.Of(call.World.Variable);
}
