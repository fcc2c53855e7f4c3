using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Client.Backends;
using Braid.Client.Backends.ClearML;

namespace Braid.Cli.Connection.Tracking;

/// <summary>ClearML's API and its file server, each call once: what goes wrong is a <see cref="Failure"/> in the server's own words.</summary>
internal sealed class ClearMLClient(ClearMLAddress address) : IDisposable
{
    private readonly ClearMLServer server = new(
        new()
        {
            ApiHost = new(RestDoors.Http(address.Api)),
            FilesHost = new(RestDoors.Http(address.Files)),
            AccessKey = address.AccessKey,
            SecretKey = address.SecretKey,
        },
        context: null
    );

    /// <summary>Sends a call, <c>tasks.get_all</c>, and reads the data that it is answered with.</summary>
    public Task<JsonObject> CallAsync(string call, JsonObject body, CancellationToken ct) =>
        ToldAsync(async () => Object(await server.CallAsync(call, json => Write(json, body), ct)));

    /// <summary>Sends lines of JSON.</summary>
    public Task<JsonObject> CallWithLinesAsync(string call, ReadOnlyMemory<byte> lines, CancellationToken ct) =>
        ToldAsync(async () => Object(await server.CallWithLinesAsync(call, lines, ct)));

    /// <summary>The id of the project of that name, which is made when there is none.</summary>
    public Task<string> ProjectAsync(string name, CancellationToken ct) =>
        ToldAsync(() => server.ProjectAsync(name, ct));

    /// <summary>Stores a file below a path of the file server; answers its address.</summary>
    public Task<string> UploadAsync(string path, Func<HttpContent> make, CancellationToken ct) =>
        ToldAsync(() => server.UploadAsync(path, make, ct));

    public void Dispose() => server.Dispose();

    private static async Task<T> ToldAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception error) when (error is BackendUnavailableException or BackendRefusalException)
        {
            throw new Failure(error.Message);
        }
    }

    private static void Write(Utf8JsonWriter json, JsonObject body)
    {
        foreach (var (name, value) in body)
        {
            json.WritePropertyName(name);
            if (value is null)
            {
                json.WriteNullValue();
            }
            else
            {
                value.WriteTo(json);
            }
        }
    }

    private static JsonObject Object(JsonElement data) => JsonObject.Create(data) ?? [];
}
