using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Output;
using Braid.Protos.Admin;

namespace Braid.Cli.Clusters;

/// <summary>Shows which server it is.</summary>
internal static class InspectCluster
{
    public static Command Command { get; } =
        new Command("inspect cluster", "", "Show the server's id; with --raw all that it says of itself.")
        {
            Flags = [.. Flags.Format],
            RunAsync = RunAsync,
        }.Taking(0);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var server = await call.Pach.CallAsync(AdminMethods.InspectCluster, new InspectClusterRequest(), ct);
        if (format is not null)
        {
            format.Print(server);
        }
        else
        {
            call.Out.Write($"{server.Id}\n");
        }

        return 0;
    }
}
