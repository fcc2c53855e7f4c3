using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Output;
using Braid.Protos.Pps;

namespace Braid.Cli.Secrets;

internal static class InspectSecret
{
    public static Command Command { get; } =
        new Command("inspect secret", "<secret>", "Show a secret, without its values.")
        {
            Flags = [Flags.FullTimestamps, .. Flags.Format],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var request = new InspectSecretRequest { Secret = new() { Name = call.Arguments[0] } };
        var secret = await call.Pach.CallAsync(PpsMethods.InspectSecret, request, ct);
        if (format is not null)
        {
            format.Print(secret);
            return 0;
        }

        var fields = new FieldList(call.Out);
        fields.Write("Name", secret.Secret.Name);
        fields.Write("Type", secret.Type);
        fields.Write("Created", call.Style.Time(secret.CreationTimestamp));
        return 0;
    }
}
