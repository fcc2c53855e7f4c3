using Braid.Server.Agents;

namespace Braid.Server.Options;

/// <summary>An option of a command: its flag, the environment variable that stands for it, and its default.</summary>
internal sealed record Option(string Flag, string Value, string? Default, string Help)
{
    /// <summary><c>--s3-port</c> is <c>BRAID_S3_PORT</c>.</summary>
    public string Variable => "BRAID_" + Flag[2..].ToUpperInvariant().Replace('-', '_');

    /// <summary>A switch takes no value.</summary>
    public bool IsSwitch => Value.Length == 0;
}

/// <summary>Every option, in the order of the help text.</summary>
internal static class OptionTable
{
    public static readonly Option Data = new("--data", "DIR", null, "the server's folder (made when missing)");
    public static readonly Option Bind = new("--bind", "ADDRESS", "127.0.0.1", "the IP address to listen on");
    public static readonly Option PachydermPort = new("--pachyderm-port", "PORT", "30650", "Pachyderm's gRPC");
    public static readonly Option ClearMLPort = new("--clearml-port", "PORT", "8008", "ClearML's API");
    public static readonly Option FilesPort = new("--files-port", "PORT", "8081", "ClearML's file server");
    public static readonly Option MLflowPort = new("--mlflow-port", "PORT", "5000", "MLflow's API");
    public static readonly Option S3Port = new("--s3-port", "PORT", "30600", "S3 over repos");
    public static readonly Option WebPort = new("--web-port", "PORT", "8080", "the browser");
    public static readonly Option Database = new(
        "--database",
        "URI",
        "sqlite",
        "sqlite, sqlite:///PATH or postgresql://..."
    );
    public static readonly Option Blobs = new(
        "--blobs",
        "PLACE",
        "blobs",
        "a folder (below --data when relative) or s3://BUCKET/PREFIX"
    );
    public static readonly Option Expose = new(
        "--expose",
        "DIRS",
        "",
        "folders that jobs and file:// URLs may read, separated by ':'"
    );
    public static readonly Option PrivateUrls = new(
        "--private-urls",
        "",
        null,
        "let users put files from URLs on private networks (always on loopback)"
    );
    public static readonly Option ReclaimHours = new(
        "--reclaim-hours",
        "HOURS",
        "6",
        "how often to free what nothing refers to; 0: only when 'braid gc' asks"
    );
    public static readonly Option AuditDays = new(
        "--audit-days",
        "DAYS",
        "90",
        "for how long the audit log tells who changed what"
    );
    public static readonly Option AgentQueues = new(
        "--agent-queues",
        "NAMES",
        "",
        "ClearML's queues of which this machine runs the tasks, separated by ','; none unless named"
    );
    public static readonly Option Auth = new("--auth", "", null, "demand credentials even on loopback");

    public static readonly IReadOnlyList<Option> All =
    [
        Data,
        Bind,
        PachydermPort,
        ClearMLPort,
        FilesPort,
        MLflowPort,
        S3Port,
        WebPort,
        Database,
        Blobs,
        Expose,
        ReclaimHours,
        AuditDays,
        AgentQueues,
        PrivateUrls,
        ExecutorChoice.KindOption,
        ExecutorChoice.EngineOption,
        Auth,
    ];

    /// <summary>The help text of <c>serve</c>.</summary>
    public static string Usage() => "Usage: braid serve --data DIR [options]\n\n" + Lines(All);

    /// <summary>A line for each option.</summary>
    public static string Lines(IEnumerable<Option> options)
    {
        var lines = options.Select(option =>
        {
            var form = option.IsSwitch ? option.Flag : $"{option.Flag} {option.Value}";
            var fallback = string.IsNullOrEmpty(option.Default) ? "" : $" [{option.Default}]";
            return $"  {form, -24} {option.Help}{fallback} ({option.Variable})";
        });
        return string.Join('\n', lines);
    }
}
