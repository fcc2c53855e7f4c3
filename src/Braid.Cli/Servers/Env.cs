using Braid.Cli.CommandLine;
using Braid.Cli.Connection;

namespace Braid.Cli.Servers;

/// <summary>Prints the export lines that point the stock clients at a running server: <c>eval "$(braid env)"</c>.</summary>
internal static class Env
{
    private static readonly Flag data = Flags.Value("data", null, "The server's folder; BRAID_DATA when not given.");

    public static Command Command { get; } =
        new Command("env", "", "Print the exports that point pachctl, ClearML, MLflow, aws and boto3 at a server.")
        {
            Flags = [data],
            RunAsync = RunAsync,
        }.Taking(0);

    private static Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var folder =
            call.Text(data)
            ?? call.World.Variable("BRAID_DATA")
            ?? throw new Failure("which server? Name its folder: braid env --data DIR, or set BRAID_DATA");
        var server =
            ServerFolder.Read(folder)
            ?? throw new Failure($"no server has run in {folder}: start one with braid serve --data {folder}");
        foreach (var (name, value) in Exports(Path.GetFullPath(folder), server))
        {
            call.Out.Write($"export {name}={Quoted(value)}\n");
        }

        return Task.FromResult(0);
    }

    /// <summary>The variables of every client.</summary>
    public static IEnumerable<(string Name, string Value)> Exports(string folder, ServerFolder server) =>
        [
            ("BRAID_DATA", folder),
            ("BRAID_TOKEN", server.Token),
            ("PACHD_ADDRESS", server.Pachyderm),
            ("CLEARML_API_HOST", server.ClearML),
            ("CLEARML_WEB_HOST", server.Web),
            ("CLEARML_FILES_HOST", server.Files),
            ("CLEARML_API_ACCESS_KEY", server.AccessKey),
            ("CLEARML_API_SECRET_KEY", server.SecretKey),
            ("MLFLOW_TRACKING_URI", server.MLflow),
            ("MLFLOW_TRACKING_USERNAME", server.AccessKey),
            ("MLFLOW_TRACKING_PASSWORD", server.SecretKey),
            ("AWS_ENDPOINT_URL", server.S3),
            ("AWS_ENDPOINT_URL_S3", server.S3),
            ("AWS_ACCESS_KEY_ID", server.AccessKey),
            ("AWS_SECRET_ACCESS_KEY", server.SecretKey),
            ("AWS_DEFAULT_REGION", "us-east-1"),
        ];

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
