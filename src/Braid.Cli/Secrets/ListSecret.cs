using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Output;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Secrets;

/// <summary>The secrets there are: their names, never their values.</summary>
internal static class ListSecret
{
    public static Command Command { get; } =
        new Command("list secret", "", "List the secrets.")
        {
            Flags = [Flags.FullTimestamps, .. Flags.Format],
            RunAsync = RunAsync,
        }.Taking(0);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var secrets = await call.Pach.CallAsync(PpsMethods.ListSecret, new Empty(), ct);
        var table = new Table(call.Out, "NAME", "TYPE", "CREATED");
        foreach (var secret in secrets.SecretInfo)
        {
            format?.Print(secret);
            table.Add(secret.Secret.Name, secret.Type, call.Style.Time(secret.CreationTimestamp));
        }

        if (format is null)
        {
            table.Finish();
        }

        return 0;
    }
}
