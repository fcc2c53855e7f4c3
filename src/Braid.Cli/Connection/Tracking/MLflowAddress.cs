using System.Net.Http.Headers;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Connection.Tracking;

/// <summary>Where MLflow's API is, and the credentials for it.</summary>
/// <param name="Address">Without a slash at its end.</param>
/// <param name="Keys">Null: none are sent.</param>
internal sealed record MLflowAddress(string Address, AuthenticationHeaderValue? Keys)
{
    private static readonly RestDoors doors = new(
        "MLFLOW_TRACKING_URI",
        "Name the server's folder (--data DIR, or BRAID_DATA), or set MLFLOW_TRACKING_URI and its "
            + "credentials (braid env prints them)"
    );

    /// <inheritdoc cref="RestDoors.Find"/>
    public static MLflowAddress Find(Surroundings world, string? folder) =>
        doors.Find(
            world,
            folder,
            uri => new MLflowAddress(uri, RestDoors.MLflowKeys(world)),
            server => new(RestDoors.Http(server.MLflow), RestDoors.Keys(server.AccessKey, server.SecretKey))
        );
}
