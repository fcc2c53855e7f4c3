using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Worker;

namespace Braid.Cli.Datums;

/// <summary>Called by user code that goes on to its next datum without ending (datum_batching): asks the worker it runs in.</summary>
internal static class NextDatum
{
    private const string PortVariable = "PPS_WORKER_GRPC_PORT";

    private static readonly Flag error = Flags.Value("error", null, "The datum before failed, for this reason.");

    public static Command Command { get; } =
        new Command("next datum", "", "In user code that stays: done with a datum, lay out the next one.")
        {
            Flags = [error],
            IsHidden = true,
            RunAsync = RunAsync,
        }.Taking(0);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var port =
            call.World.Variable(PortVariable)
            ?? throw new Failure($"this is for user code inside a worker, which has {PortVariable} in its environment");
        using var worker = new PachClient(new ServerAddress(ServerAddress.Parse($"127.0.0.1:{port}"), null, null));
        var request = new NextDatumRequest { Error = call.Text(error) ?? "" };
        await worker.CallAsync(WorkerMethods.NextDatum, request, ct);
        return 0;
    }
}
