using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Access.Credentials;

namespace Braid.Server.Folder;

/// <summary>
/// The administrator's credentials, in <c>DIR/admin.json</c>: taken from the environment when it names them, else from
/// the file, else made. A lost or changed file is cured by the next start; there is no other way in to repair.
/// </summary>
internal static class AdministratorFile
{
    private static readonly TimeSpan tokenLifetime = TimeSpan.FromDays(365);
    private static readonly JsonSerializerOptions indented = new() { WriteIndented = true };

    public static async Task<KeyPair> EnsureAsync(
        string folder,
        Authenticator authenticator,
        Func<string, string?> environment,
        CancellationToken ct
    )
    {
        var path = Path.Combine(folder, "admin.json");
        var keys = FromEnvironment(environment) ?? await ReadAsync(path, ct) ?? authenticator.NewKeyPair();
        await authenticator.SetAdministratorAsync(keys, ct);
        var content = new JsonObject
        {
            ["access_key"] = keys.AccessKey,
            ["secret_key"] = keys.SecretKey,
            ["token"] = authenticator.IssueToken(keys.AccessKey, tokenLifetime, new Dictionary<string, object>()),
        };
        await PrivateFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(content, indented), ct);
        return keys;
    }

    private static KeyPair? FromEnvironment(Func<string, string?> environment) =>
        (environment("BRAID_ADMIN_ACCESS_KEY"), environment("BRAID_ADMIN_SECRET_KEY"))
            is ({ Length: > 0 } access, { Length: > 0 } secret)
            ? new(access, secret)
            : null;

    private static async Task<KeyPair?> ReadAsync(string path, CancellationToken ct)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(path, ct));
            return new(Text(json.RootElement, "access_key"), Text(json.RootElement, "secret_key"));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException(
                $"{path} is damaged ({error.Message}); delete it to get new credentials",
                error
            );
        }
    }

    private static string Text(JsonElement keys, string name) =>
        keys.GetProperty(name).GetString() is { Length: > 0 } text
            ? text
            : throw new JsonException($"'{name}' is empty");
}
