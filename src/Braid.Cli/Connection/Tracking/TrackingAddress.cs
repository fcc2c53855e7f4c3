using System.Net.Http.Headers;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Connection.Tracking;

/// <summary>Where MLflow's API and the web door are, and a key pair for them where they ask for one.</summary>
internal sealed record TrackingAddress(string MLflow, string Web, AuthenticationHeaderValue? Keys)
{
    private static readonly RestDoors doors = new(
        "MLFLOW_TRACKING_URI",
        "Name the server's folder (--data DIR, or BRAID_DATA), or set MLFLOW_TRACKING_URI, MLFLOW_TRACKING_USERNAME, "
            + "MLFLOW_TRACKING_PASSWORD and CLEARML_WEB_HOST (braid env prints them)"
    );

    /// <inheritdoc cref="RestDoors.Find"/>
    public static TrackingAddress Find(Surroundings world, string? folder) =>
        doors.Find(
            world,
            folder,
            mlflow => new TrackingAddress(
                mlflow,
                RestDoors.Http(doors.Required(world, "CLEARML_WEB_HOST")),
                RestDoors.MLflowKeys(world)
            ),
            server =>
                new(
                    RestDoors.Http(server.MLflow),
                    RestDoors.Http(server.Web),
                    RestDoors.Keys(server.AccessKey, server.SecretKey)
                )
        );
}
