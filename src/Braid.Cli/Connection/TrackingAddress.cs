using System.Net.Http.Headers;
using System.Text;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Connection;

/// <summary>Where MLflow's API and the web door are, and a key pair for them where they ask for one.</summary>
internal sealed record TrackingAddress(string MLflow, string Web, AuthenticationHeaderValue? Keys)
{
    private const string advice =
        "Name the server's folder (--data DIR, or BRAID_DATA), or set MLFLOW_TRACKING_URI, MLFLOW_TRACKING_USERNAME, "
        + "MLFLOW_TRACKING_PASSWORD and CLEARML_WEB_HOST (braid env prints them)";

    /// <summary>
    /// The first of these that there is: the server folder that is given; the variables of the protocols' own clients; the server
    /// folder that <c>BRAID_DATA</c> names.
    /// </summary>
    /// <exception cref="Failure">There is none, or it says too little.</exception>
    public static TrackingAddress Find(Surroundings world, string? folder)
    {
        if (folder is null && world.Variable("MLFLOW_TRACKING_URI") is { Length: > 0 } mlflow)
        {
            var web = world.Variable("CLEARML_WEB_HOST") is { Length: > 0 } given
                ? given
                : throw new Failure($"MLFLOW_TRACKING_URI is set, but not CLEARML_WEB_HOST. {advice}");
            return Of(
                mlflow,
                web,
                world.Variable("MLFLOW_TRACKING_USERNAME"),
                world.Variable("MLFLOW_TRACKING_PASSWORD")
            );
        }

        folder ??= world.Variable("BRAID_DATA") is { Length: > 0 } named ? named : null;
        if (folder is null)
        {
            throw new Failure($"which server? {advice}");
        }

        var server =
            ServerFolder.Read(folder)
            ?? throw new Failure($"no server has run in {folder}: start one with braid serve --data {folder}");
        return Of(server.MLflow, server.Web, server.AccessKey, server.SecretKey);
    }

    private static TrackingAddress Of(string mlflow, string web, string? user, string? password) =>
        new(
            Http(mlflow),
            Http(web),
            string.IsNullOrEmpty(user)
                ? null
                : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")))
        );

    private static string Http(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? address.TrimEnd('/')
            : throw new Failure($"cannot connect to {address}: only http:// and https:// addresses");
}
