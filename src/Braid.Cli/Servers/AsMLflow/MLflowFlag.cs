namespace Braid.Cli.Servers.AsMLflow;

/// <summary>What becomes of a flag of <c>mlflow server</c>.</summary>
internal enum FlagFate
{
    /// <summary>It is translated.</summary>
    Used,

    /// <summary>It has nothing to do here; that is told.</summary>
    Ignored,

    /// <summary>It asks for something that is not so here: the server does not start.</summary>
    Refused,
}

/// <summary>A flag of <c>mlflow server</c>, and the variable that stands for it.</summary>
/// <param name="Names">The long name first.</param>
/// <param name="Why">Of one that is ignored or refused: why, and what to do instead.</param>
internal sealed record MLflowFlag(IReadOnlyList<string> Names, FlagFate Fate, string Why = "")
{
    public string Name => Names[0];

    /// <summary>It takes no value.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>Null when no variable stands for it.</summary>
    public string? Variable { get; init; }
}

/// <summary>The flags of <c>mlflow server</c>, 2.x and 3.x.</summary>
internal static class MLflowFlags
{
    private const string oneProcess = "one process serves all";
    private const string hosts = "on loopback only names of loopback are answered, elsewhere credentials are demanded";
    private const string workspaces = "there are no workspaces here: start a server for each, with a folder of its own";

    public static readonly MLflowFlag Host = Used("--host", "MLFLOW_HOST", "-h");
    public static readonly MLflowFlag Port = Used("--port", "MLFLOW_PORT", "-p");
    public static readonly MLflowFlag Store = Used("--backend-store-uri", "MLFLOW_BACKEND_STORE_URI");
    public static readonly MLflowFlag Registry = Used("--registry-store-uri", "MLFLOW_REGISTRY_STORE_URI");
    public static readonly MLflowFlag Root = Used("--default-artifact-root", "MLFLOW_DEFAULT_ARTIFACT_ROOT");
    public static readonly MLflowFlag Destination = Used("--artifacts-destination", "MLFLOW_ARTIFACTS_DESTINATION");
    public static readonly MLflowFlag App = Used("--app-name", null);

    public static IReadOnlyList<MLflowFlag> All { get; } =
    [
        Host,
        Port,
        Store,
        Registry,
        Root,
        Destination,
        App,
        new(["--serve-artifacts"], FlagFate.Ignored, "artifacts always go through this server") { IsSwitch = true },
        new(["--no-serve-artifacts"], FlagFate.Ignored, "artifacts always go through this server") { IsSwitch = true },
        new(["--workers", "-w"], FlagFate.Ignored, oneProcess) { Variable = "MLFLOW_WORKERS" },
        new(["--gunicorn-opts"], FlagFate.Ignored, oneProcess) { Variable = "MLFLOW_GUNICORN_OPTS" },
        new(["--uvicorn-opts"], FlagFate.Ignored, oneProcess) { Variable = "MLFLOW_UVICORN_OPTS" },
        new(["--waitress-opts"], FlagFate.Ignored, oneProcess),
        new(["--dev"], FlagFate.Ignored, "it reloads MLflow's own code") { IsSwitch = true },
        new(["--expose-prometheus"], FlagFate.Ignored, "there is no /metrics on this port")
        {
            Variable = "MLFLOW_EXPOSE_PROMETHEUS",
        },
        new(["--allowed-hosts"], FlagFate.Ignored, hosts) { Variable = "MLFLOW_SERVER_ALLOWED_HOSTS" },
        new(["--cors-allowed-origins"], FlagFate.Ignored, "no page of another origin may call")
        {
            Variable = "MLFLOW_SERVER_CORS_ALLOWED_ORIGINS",
        },
        new(["--x-frame-options"], FlagFate.Ignored, "pages are never framed")
        {
            Variable = "MLFLOW_SERVER_X_FRAME_OPTIONS",
        },
        new(["--disable-security-middleware"], FlagFate.Ignored, hosts) { IsSwitch = true },
        new(["--static-prefix"], FlagFate.Refused, "there is no prefix here: have the proxy in front strip it")
        {
            Variable = "MLFLOW_STATIC_PREFIX",
        },
        new(["--artifacts-only"], FlagFate.Refused, "one server does both: leave it out") { IsSwitch = true },
        new(["--workspace-store-uri"], FlagFate.Refused, workspaces),
        new(["--enable-workspaces"], FlagFate.Refused, workspaces) { IsSwitch = true },
        new(["--env-file"], FlagFate.Refused, "no file of variables is read: export them (set -a; . FILE)"),
    ];

    /// <summary>A line for each flag, with what becomes of it.</summary>
    public static string Usage()
    {
        var lines = All.Select(flag =>
        {
            var fate = flag.Fate switch
            {
                FlagFate.Used => flag.Variable ?? "",
                FlagFate.Ignored => $"ignored: {flag.Why}",
                _ => $"refused: {flag.Why}",
            };
            return $"  {string.Join(", ", flag.Names), -30} {fate}";
        });
        return "\nFlags of mlflow server (options of braid serve may follow):\n" + string.Join('\n', lines) + "\n";
    }

    private static MLflowFlag Used(string name, string? variable, params string[] more) =>
        new([name, .. more], FlagFate.Used) { Variable = variable };
}
