using Braid.Cli.CommandLine;
using Braid.Cli.Output;
using Braid.Client.Spooling;

namespace Braid.Cli.Spools;

/// <summary>Gives up what is left.</summary>
internal static class DiscardSpools
{
    public static Command Command { get; } =
        new Command(
            "spool discard",
            "[name] ...",
            "Remove runs that programs logged and did not deliver, without sending them."
        )
        {
            Flags = [SpoolPlaces.All, SpoolPlaces.Folder],
            MostArguments = int.MaxValue,
            RunAsync = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var wanted = SpoolPlaces.Named(call, SpoolPlaces.OptionsOf(call));
        if (call.Has(SpoolPlaces.All) && !await Confirmation.AskAsync(call))
        {
            return 1;
        }

        var busy = 0;
        foreach (var left in wanted.Events)
        {
            using var held = left.TryTake(call.World.Clock);
            held?.Forget();
            busy += held is null ? Busy(call, left.Name) : 0;
        }

        foreach (var folder in wanted.Spools)
        {
            if (SpoolFolders.TryHold(folder) is { } held)
            {
                SpoolFolders.Remove(held);
            }
            else
            {
                busy += Busy(call, Path.GetFileName(folder));
            }
        }

        return busy == 0 ? 0 : 1;
    }

    private static int Busy(Invocation call, string name)
    {
        call.Error.WriteLine($"{name} is in use");
        return 1;
    }
}
