using Braid.Client.Backends.Http;
using Braid.Client.Configuration;

namespace Braid.Client.Backends.MLflow;

/// <summary>Where an MLflow server is, and who we are there.</summary>
public sealed record MLflowOptions
{
    /// <summary>The server's address, for instance <c>http://127.0.0.1:5000</c>.</summary>
    public required Uri TrackingUri { get; init; }

    /// <summary>Access key, or user name, for basic authentication.</summary>
    public string? Username { get; init; }

    /// <summary>Secret key, or password.</summary>
    public string? Password { get; init; }

    /// <summary>A bearer token; goes before user name and password.</summary>
    public string? Token { get; init; }

    /// <summary>The id of the project when no name is given.</summary>
    public string? ExperimentId { get; init; }

    /// <summary>Null when no address is given.</summary>
    internal static MLflowOptions? Read(Settings settings, bool isOnly)
    {
        var address = settings.Text("mlflow_tracking_uri") ?? (isOnly ? settings.Text("backend_url") : null);
        address ??= settings.Text("mlflow_tracking_uri", "MLFLOW_TRACKING_URI");
        if (address is null)
        {
            return null;
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? new()
            {
                TrackingUri = uri!, // parsed just now
                Username = settings.Text("mlflow_tracking_username", "MLFLOW_TRACKING_USERNAME"),
                Password = settings.Text("mlflow_tracking_password", "MLFLOW_TRACKING_PASSWORD"),
                Token =
                    settings.Text("mlflow_tracking_token", "MLFLOW_TRACKING_TOKEN")
                    ?? (isOnly ? settings.Text("api_key") : null),
                ExperimentId = settings.Text("mlflow_experiment_id", "MLFLOW_EXPERIMENT_ID"),
            }
            : throw new ArgumentException(
                $"the tracking URI is '{(uri is null ? address : ServerAddress.Of(uri))}': only http:// and https:// addresses"
            );
    }
}
