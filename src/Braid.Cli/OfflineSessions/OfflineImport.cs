using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Tracking;
using Braid.Cli.Transfers;

namespace Braid.Cli.OfflineSessions;

/// <summary>
/// Makes a task of a session:
/// 1. the task, in its project, marked as unfinished, and started;
/// 2. files of artifacts, then the artifacts;
/// 3. models with their weights;
/// 4. logs, points, plots, and the files of debug samples as they come up;
/// 5. the task is completed, and the mark goes.
/// </summary>
internal sealed class OfflineImport(
    ClearMLClient clearml,
    OfflineSession session,
    OfflineTask recorded,
    TransferProgress progress,
    TextWriter leftOut
)
{
    /// <summary>The id of the task.</summary>
    public async Task<string> RunAsync(CancellationToken ct)
    {
        // 1. The task.
        var project = recorded.Project.Length > 0 ? await clearml.ProjectAsync(recorded.Project, ct) : null;
        var task = await CreateAsync(project, ct);
        await clearml.CallAsync("tasks.started", new() { ["task"] = task, ["force"] = true }, ct);

        // 2. Artifacts.
        var files = new OfflineFiles(clearml, session, task, progress);
        await AddArtifactsAsync(task, files, ct);

        // 3. Models.
        var models = await new OfflineModels(clearml, session, files, recorded, task, project).MakeAsync(ct);

        // 4. Events.
        var owners = new Dictionary<string, string>(models) { [recorded.Id] = task };
        await new OfflineEvents(clearml, session, files, owners, task, leftOut).SendAsync(ct);

        // 5. The end.
        await clearml.CallAsync("tasks.completed", new() { ["task"] = task, ["force"] = true }, ct);
        await clearml.CallAsync("tasks.edit_runtime", Finished(task), ct);
        return task;
    }

    private async Task<string> CreateAsync(string? project, CancellationToken ct)
    {
        var body = recorded.ToRequest(project);
        var runtime = recorded.Json["runtime"]?.DeepClone() as JsonObject ?? [];
        runtime[EarlierImports.SessionKey] = recorded.Id;
        runtime[EarlierImports.UnfinishedKey] = true;
        body["runtime"] = runtime;
        var answer = await clearml.CallAsync("tasks.create", body, ct);
        return answer["id"]?.GetValue<string>() ?? throw new Failure("tasks.create gave no id");
    }

    private async Task AddArtifactsAsync(string task, OfflineFiles files, CancellationToken ct)
    {
        var artifacts = new JsonArray();
        foreach (var artifact in recorded.Artifacts.Select(artifact => artifact.DeepClone().AsObject()))
        {
            if (OfflineTask.Text(artifact, "uri") is { Length: > 0 } uri)
            {
                artifact["uri"] = await AddressAsync(OfflineTask.Text(artifact, "key") ?? uri, uri, files, ct);
            }

            artifacts.Add((JsonNode)artifact);
        }

        if (artifacts.Count > 0)
        {
            var body = new JsonObject
            {
                ["task"] = task,
                ["artifacts"] = artifacts,
                ["force"] = true,
            };
            await clearml.CallAsync("tasks.add_or_update_artifacts", body, ct);
        }
    }

    /// <summary>An artifact that the session put elsewhere (s3://, for example) stays there.</summary>
    private async Task<string> AddressAsync(string key, string uri, OfflineFiles files, CancellationToken ct)
    {
        if (await files.AddressOfAsync(uri, ct) is { } address)
        {
            return address;
        }

        if (!uri.Contains("://", StringComparison.Ordinal))
        {
            leftOut.WriteLine($"artifact {key}: its file is not in the session: {uri}");
        }

        return uri;
    }

    private static JsonObject Finished(string task) =>
        new()
        {
            ["task"] = task,
            ["remove"] = new JsonArray(EarlierImports.UnfinishedKey),
            ["force"] = true,
        };
}
