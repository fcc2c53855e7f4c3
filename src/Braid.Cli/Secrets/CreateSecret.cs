using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Pipelines;
using Braid.Cli.Specs;
using Braid.Protos.Pps;
using Google.Protobuf;

namespace Braid.Cli.Secrets;

/// <summary>Creates secrets from Kubernetes' form of them, JSON or YAML.</summary>
internal static class CreateSecret
{
    private static readonly Flag file = Flags.Value(
        "file",
        'f',
        "The file with the secret, as Kubernetes writes one; \"-\" is standard input (default \"-\")."
    );

    public static Command Command { get; } =
        new Command("create secret", "", "Create a secret that pipelines may read.")
        {
            Flags = [file, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(0);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var path = call.Text(file) ?? "-";
        foreach (var secret in SpecFile.Parse(await SpecSource.TextAsync(call, path, ct), path, "secret"))
        {
            var request = new CreateSecretRequest { File = ByteString.CopyFromUtf8(secret.ToJsonString()) };
            await call.Pach.CallAsync(PpsMethods.CreateSecret, request, ct);
        }

        return 0;
    }
}
