using Braid.Cli.CommandLine;

namespace Braid.Cli.Connection.Tracking;

/// <summary>Where ClearML's API and file server are, and a key pair for them.</summary>
internal sealed record ClearMLAddress(string Api, string Files, string AccessKey, string SecretKey)
{
    private static readonly RestDoors doors = new(
        "CLEARML_API_HOST",
        "Name the server's folder (--data DIR, or BRAID_DATA), or set CLEARML_API_HOST, CLEARML_FILES_HOST, "
            + "CLEARML_API_ACCESS_KEY and CLEARML_API_SECRET_KEY (braid env prints them)"
    );

    /// <inheritdoc cref="RestDoors.Find"/>
    public static ClearMLAddress Find(Surroundings world, string? folder) =>
        doors.Find(
            world,
            folder,
            api =>
                new(
                    api,
                    RestDoors.Http(doors.Required(world, "CLEARML_FILES_HOST")),
                    doors.Required(world, "CLEARML_API_ACCESS_KEY"),
                    doors.Required(world, "CLEARML_API_SECRET_KEY")
                ),
            Of
        );

    public static ClearMLAddress Of(ServerFolder server) =>
        new(server.ClearML, server.Files, server.AccessKey, server.SecretKey);
}
