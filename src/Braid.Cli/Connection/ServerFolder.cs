using System.Text.Json;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Connection;

/// <summary>What a running server wrote into its folder: an address per door, and the administrator's credentials.</summary>
internal sealed record ServerFolder
{
    public required string Pachyderm { get; init; }
    public required string ClearML { get; init; }
    public required string Files { get; init; }
    public required string MLflow { get; init; }
    public required string S3 { get; init; }
    public required string Web { get; init; }

    /// <summary>The server's process.</summary>
    public required int Pid { get; init; }

    public required string AccessKey { get; init; }
    public required string SecretKey { get; init; }

    /// <summary>A bearer token of the administrator.</summary>
    public required string Token { get; init; }

    /// <summary>Null when no server wrote its addresses there.</summary>
    /// <exception cref="Failure">The files are there but cannot be understood.</exception>
    public static ServerFolder? Read(string folder)
    {
        var (endpoints, admin) = (Path.Combine(folder, "endpoints.json"), Path.Combine(folder, "admin.json"));
        if (!File.Exists(endpoints) || !File.Exists(admin))
        {
            return null;
        }

        try
        {
            using var doors = JsonDocument.Parse(File.ReadAllBytes(endpoints));
            using var keys = JsonDocument.Parse(File.ReadAllBytes(admin));
            return Of(doors.RootElement, keys.RootElement);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException)
        {
            throw new Failure($"cannot read the server's addresses in {folder}: {error.Message}");
        }
    }

    private static ServerFolder Of(JsonElement doors, JsonElement keys) =>
        new()
        {
            Pachyderm = Text(doors, "pachyderm"),
            ClearML = Text(doors, "clearml"),
            Files = Text(doors, "files"),
            MLflow = Text(doors, "mlflow"),
            S3 = Text(doors, "s3"),
            Web = Text(doors, "web"),
            Pid = doors.GetProperty("pid").GetInt32(),
            AccessKey = Text(keys, "access_key"),
            SecretKey = Text(keys, "secret_key"),
            Token = Text(keys, "token"),
        };

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
