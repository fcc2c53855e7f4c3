using System.Net.Http.Headers;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Connection.Tracking;

/// <summary>Which server a command speaks to by one of its REST doors, and as whom.</summary>
/// <param name="Variable">The variable by which the protocol's own clients find their server.</param>
/// <param name="Advice">What to do when there is none.</param>
internal sealed record RestDoors(string Variable, string Advice)
{
    /// <summary>
    /// The first of these that there is: the server folder that is given; the variables of the protocol's own clients; the server
    /// folder that <c>BRAID_DATA</c> names.
    /// </summary>
    /// <exception cref="Failure">There is none.</exception>
    public T Find<T>(Surroundings world, string? folder, Func<string, T> ofVariable, Func<ServerFolder, T> ofFolder)
    {
        if (folder is null && world.Variable(Variable) is { Length: > 0 } address)
        {
            return ofVariable(Http(address));
        }

        folder ??= world.Variable("BRAID_DATA") is { Length: > 0 } named ? named : null;
        if (folder is null)
        {
            throw new Failure($"which server? {Advice}");
        }

        return ofFolder(
            ServerFolder.Read(folder)
                ?? throw new Failure($"no server has run in {folder}: start one with braid serve --data {folder}")
        );
    }

    /// <summary>Another variable that is needed where <see cref="Variable"/> is set.</summary>
    /// <exception cref="Failure">It is not.</exception>
    public string Required(Surroundings world, string another) =>
        world.Variable(another) is { Length: > 0 } text
            ? text
            : throw new Failure($"{Variable} is set, but not {another}. {Advice}");

    /// <summary>An address without the slash at its end.</summary>
    /// <exception cref="Failure">It is none of a server.</exception>
    public static string Http(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? address.TrimEnd('/')
            : throw new Failure($"cannot connect to {address}: only http:// and https:// addresses");

    /// <summary>Who MLflow's own clients are by their variables; null for nobody.</summary>
    public static AuthenticationHeaderValue? MLflowKeys(Surroundings world) =>
        world.Variable("MLFLOW_TRACKING_USERNAME") is { Length: > 0 } user
            ? Keys(user, world.Variable("MLFLOW_TRACKING_PASSWORD"))
        : world.Variable("MLFLOW_TRACKING_TOKEN") is { Length: > 0 } token ? new("Bearer", token)
        : null;

    /// <summary>A key pair as MLflow's and ClearML's clients send it.</summary>
    public static AuthenticationHeaderValue Keys(string user, string? password) =>
        Client.Backends.Http.ServerAddress.Basic(user, password);
}
