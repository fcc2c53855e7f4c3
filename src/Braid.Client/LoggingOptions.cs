namespace Braid.Client;

/// <summary>Where and how a run is logged.</summary>
public sealed record LoggingOptions
{
    /// <summary>The server's MLflow address, for instance <c>http://127.0.0.1:5000</c>. Null: nothing is sent, and that is said once.</summary>
    public Uri? TrackingUri { get; init; }

    /// <summary>Access key, or user name, for basic authentication.</summary>
    public string? Username { get; init; }

    /// <summary>Secret key, or password.</summary>
    public string? Password { get; init; }

    /// <summary>A bearer token; goes before user name and password.</summary>
    public string? Token { get; init; }

    /// <summary>The run to go on with instead of making one.</summary>
    public string? RunId { get; init; }

    /// <summary>The id of the project when no name is given.</summary>
    public string? ExperimentId { get; init; }

    /// <summary>The name of the project when the program gives none.</summary>
    public string? ExperimentName { get; init; }

    /// <summary>How many logged things may wait for the sender; more are refused and counted.</summary>
    public int QueueCapacity { get; init; } = 100_000;

    /// <summary>How long the end of the program may wait for the delivery.</summary>
    public TimeSpan FlushTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Told about each kind of problem once; by default a line on standard error.</summary>
    public Action<string> OnProblem { get; init; } = static problem => Console.Error.WriteLine($"braid: {problem}");

    /// <summary>The clock of timestamps and waits.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Reads MLflow's own variables, which a Braid job also sets: <c>MLFLOW_TRACKING_URI</c>, <c>_USERNAME</c>,
    /// <c>_PASSWORD</c>, <c>_TOKEN</c>, <c>MLFLOW_RUN_ID</c>, <c>MLFLOW_EXPERIMENT_ID</c>, <c>MLFLOW_EXPERIMENT_NAME</c>.</summary>
    public static LoggingOptions FromEnvironment() => FromEnvironment(Environment.GetEnvironmentVariable);

    /// <summary>The same from another source of variables.</summary>
    public static LoggingOptions FromEnvironment(Func<string, string?> variable) =>
        new()
        {
            TrackingUri = Uri.TryCreate(variable("MLFLOW_TRACKING_URI"), UriKind.Absolute, out var uri) ? uri : null,
            Username = Given(variable("MLFLOW_TRACKING_USERNAME")),
            Password = Given(variable("MLFLOW_TRACKING_PASSWORD")),
            Token = Given(variable("MLFLOW_TRACKING_TOKEN")),
            RunId = Given(variable("MLFLOW_RUN_ID")),
            ExperimentId = Given(variable("MLFLOW_EXPERIMENT_ID")),
            ExperimentName = Given(variable("MLFLOW_EXPERIMENT_NAME")),
        };

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
