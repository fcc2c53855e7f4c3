using System.Text.Json;
using Braid.Client.Sending;

namespace Braid.Client.MLflow;

/// <summary>A run on the server: what is logged to it, one call per request or upload.</summary>
internal sealed class RunConnection(Server server, string id, string artifactUri)
{
    private const string Proxied = "mlflow-artifacts:/";

    public string Id => id;

    public Task LogBatchAsync(BatchPart part, CancellationToken ct) =>
        CallAsync("runs/log-batch", json => BatchJson.Write(json, id, part), ct);

    /// <summary>A file goes to FOLDER/NAME; a folder's content below FOLDER.</summary>
    public async Task UploadAsync(string path, string folder, CancellationToken ct)
    {
        if (!Directory.Exists(path))
        {
            await server.PutFileAsync(Artifact(folder, Path.GetFileName(path)), path, ct);
            return;
        }

        foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
        {
            await server.PutFileAsync(Artifact(folder, Path.GetRelativePath(path, file)), file, ct);
        }
    }

    /// <summary>Uploads below <c>models/NAME</c>, then registers that place as the next version.</summary>
    public async Task RegisterAsync(ModelUpload model, CancellationToken ct)
    {
        var folder = $"models/{model.Name}";
        await UploadAsync(model.Path, folder, ct);
        await EnsureModelAsync(model.Name, ct);
        await CallAsync(
            "model-versions/create",
            json => ModelJson.WriteVersion(json, model, $"{artifactUri}/{folder}", id),
            ct
        );
    }

    public Task EndAsync(string? failure, DateTimeOffset at, CancellationToken ct) =>
        CallAsync(
            "runs/update",
            json =>
            {
                json.WriteStartObject();
                json.WriteString("run_id", id);
                json.WriteString("status", failure is null ? "FINISHED" : "FAILED");
                json.WriteNumber("end_time", at.ToUnixTimeMilliseconds());
                json.WriteEndObject();
            },
            ct
        );

    private async Task EnsureModelAsync(string name, CancellationToken ct)
    {
        try
        {
            await CallAsync("registered-models/create", json => ModelJson.WriteName(json, name), ct);
        }
        catch (Refusal refusal) when (refusal.Code == "RESOURCE_ALREADY_EXISTS")
        {
            // An earlier run registered it: this one adds a version.
        }
    }

    private string Artifact(string folder, string name)
    {
        var root = artifactUri.StartsWith(Proxied, StringComparison.Ordinal)
            ? artifactUri[Proxied.Length..].TrimStart('/')
            : throw new IOException($"artifacts at {artifactUri} cannot be written: only {Proxied} is supported");
        return string.Join('/', new[] { root, folder, name }.Where(part => part.Length > 0));
    }

    private async Task CallAsync(string path, Action<Utf8JsonWriter> write, CancellationToken ct)
    {
        using var answer = await server.PostAsync(path, write, ct);
    }
}
