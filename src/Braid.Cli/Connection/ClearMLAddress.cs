using Braid.Cli.CommandLine;

namespace Braid.Cli.Connection;

/// <summary>Where ClearML's API and file server are, and a key pair for them.</summary>
internal sealed record ClearMLAddress(string Api, string Files, string AccessKey, string SecretKey)
{
    private const string advice =
        "Name the server's folder (--data DIR, or BRAID_DATA), or set CLEARML_API_HOST, CLEARML_FILES_HOST, "
        + "CLEARML_API_ACCESS_KEY and CLEARML_API_SECRET_KEY (braid env prints them)";

    /// <summary>
    /// The first of these that there is: the server folder that is given; the variables of ClearML's own clients; the server
    /// folder that <c>BRAID_DATA</c> names.
    /// </summary>
    /// <exception cref="Failure">There is none, or it says too little.</exception>
    public static ClearMLAddress Find(Surroundings world, string? folder)
    {
        if (folder is null && world.Variable("CLEARML_API_HOST") is { Length: > 0 } api)
        {
            return new(
                api.TrimEnd('/'),
                Required(world, "CLEARML_FILES_HOST").TrimEnd('/'),
                Required(world, "CLEARML_API_ACCESS_KEY"),
                Required(world, "CLEARML_API_SECRET_KEY")
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
        return Of(server);
    }

    public static ClearMLAddress Of(ServerFolder server) =>
        new(server.ClearML, server.Files, server.AccessKey, server.SecretKey);

    private static string Required(Surroundings world, string variable) =>
        world.Variable(variable) is { Length: > 0 } text
            ? text
            : throw new Failure($"CLEARML_API_HOST is set, but not {variable}. {advice}");
}
