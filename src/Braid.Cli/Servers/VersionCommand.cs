using System.Reflection;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Servers;

internal static class VersionCommand
{
    private static readonly Flag clientOnly = Flags.Switch("client-only", null, "Do not ask the server.");

    public static Command Command { get; } =
        new Command("version", "", "Show the versions of this program and of the server.")
        {
            Flags = [clientOnly],
            RunAsync = RunAsync,
        }.Taking(0);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        if (call.Has(clientOnly))
        {
            call.Out.WriteLine(Own);
            return 0;
        }

        Write(call, "COMPONENT", "VERSION");
        Write(call, "braid", Own);
        var server = await call.Pach.CallAsync(VersionMethods.GetVersion, new Empty(), ct);
        Write(call, "pachd", $"{server.Major}.{server.Minor}.{server.Micro}{server.Additional}");
        return 0;
    }

    private static string Own => typeof(VersionCommand).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>Columns at least 20 wide, as pachctl has them.</summary>
    private static void Write(Invocation call, string component, string version) =>
        call.Out.Write($"{component, -20}{version, -20}\n");
}
