using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pps;

namespace Braid.Cli.Secrets;

internal static class DeleteSecret
{
    public static Command Command { get; } =
        new Command("delete secret", "<secret>", "Delete a secret.") { RunAsync = RunAsync }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new DeleteSecretRequest { Secret = new() { Name = call.Arguments[0] } };
        await call.Pach.CallAsync(PpsMethods.DeleteSecret, request, ct);
        return 0;
    }
}
