using Braid.Access.Credentials;

namespace Braid.Pipelines.Workers;

/// <summary>
/// Where programs inside a job reach this server, as its doors are bound. They are told by the variables that the stock
/// clients read. Neither the ClearML task nor the MLflow run is named: the credentials lead both to the job's own run.
/// </summary>
public sealed record DoorEndpoints
{
    /// <summary>Host and port of the Pachyderm door.</summary>
    public required string PachydermHost { get; init; }

    public required int PachydermPort { get; init; }

    /// <summary>URLs, without a trailing slash.</summary>
    public required string ClearMLApi { get; init; }

    public required string ClearMLFiles { get; init; }

    public required string ClearMLWeb { get; init; }

    public required string MLflow { get; init; }

    /// <summary>Where the doors are.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables() =>
        [
            new("PACHD_SERVICE_HOST", PachydermHost),
            new("PACHD_SERVICE_PORT", $"{PachydermPort}"),
            new("PACHD_PEER_SERVICE_HOST", PachydermHost),
            new("PACHD_PEER_SERVICE_PORT", $"{PachydermPort}"),
            new("PEER_PORT", $"{PachydermPort}"),
            new("CLEARML_API_HOST", ClearMLApi),
            new("CLEARML_FILES_HOST", ClearMLFiles),
            new("CLEARML_WEB_HOST", ClearMLWeb),
            new("MLFLOW_TRACKING_URI", MLflow),
        ];

    /// <summary>What opens them to a program that has these credentials.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Variables(KeyPair keys) =>
        [
            new("PACH_TOKEN", $"{keys.AccessKey}:{keys.SecretKey}"),
            new("CLEARML_API_ACCESS_KEY", keys.AccessKey),
            new("CLEARML_API_SECRET_KEY", keys.SecretKey),
            new("MLFLOW_TRACKING_USERNAME", keys.AccessKey),
            new("MLFLOW_TRACKING_PASSWORD", keys.SecretKey),
            new("BRAID_ACCESS_KEY", keys.AccessKey),
            new("BRAID_SECRET_KEY", keys.SecretKey),
        ];
}
