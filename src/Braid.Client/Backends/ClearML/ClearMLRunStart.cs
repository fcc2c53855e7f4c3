using System.Text.Json;
using System.Text.RegularExpressions;
using Braid.Client.Backends.Http;

namespace Braid.Client.Backends.ClearML;

/// <summary>Makes the task, or goes on with one. With a job's credentials the server answers the job's own run to <c>tasks.create</c>.</summary>
internal sealed class ClearMLRunStart(ClearMLServer server, RunStart start)
{
    private const string keyField = "braid_start";
    private const int mostLookedAt = 100;

    private readonly string name = ClearMLTask.NameOf(start.Name);

    public async Task<ClearMLTask> StartAsync(CancellationToken ct)
    {
        var project = start.Project is null ? null : await server.ProjectAsync(ClearMLTask.NameOf(start.Project), ct);
        var id =
            start.RunId
            ?? (start.IsRepeated ? await FindMadeAsync(project, ct) : null)
            ?? (start.Continuation == Continuation.New ? null : await LastAsync(project, ct));
        return id is null ? await CreateAsync(project, ct) : await JoinAsync(id, ct);
    }

    private async Task<string?> LastAsync(string? project, CancellationToken ct) =>
        (await TasksAsync(project, most: 1, ct)).Select(task => task.TextOr("id", "")).FirstOrDefault();

    /// <summary>The task that an earlier call of this start made, its answer lost: it has the start's key.</summary>
    private async Task<string?> FindMadeAsync(string? project, CancellationToken ct) =>
        (await TasksAsync(project, mostLookedAt, ct))
            .Where(task => start.Key.Length > 0 && task.Object("runtime").TextOr(keyField, "") == start.Key)
            .Select(task => task.TextOr("id", ""))
            .FirstOrDefault();

    /// <summary>Tasks of the run's name, the last changed first.</summary>
    private async Task<IReadOnlyList<JsonElement>> TasksAsync(string? project, int most, CancellationToken ct)
    {
        var found = await server.CallAsync(
            "tasks.get_all",
            json =>
            {
                json.WriteString("name", $"^{Regex.Escape(name)}$");
                if (project is not null)
                {
                    json.WriteWords("project", [project]);
                }

                json.WriteWords("order_by", ["-last_update"]);
                json.WriteWords("only_fields", ["id", "runtime"]);
                json.WriteNumber("page", 0);
                json.WriteNumber("page_size", most);
            },
            ct
        );
        return [.. found.Items("tasks")];
    }

    private async Task<ClearMLTask> CreateAsync(string? project, CancellationToken ct)
    {
        var id = await server.CreateAsync(
            "tasks.create",
            json =>
            {
                json.WriteString("name", name);
                json.WriteString("type", start.TaskType);
                json.WriteWords("tags", start.Labels);
                json.WriteWords("system_tags", ["development"]);
                if (project is not null)
                {
                    json.WriteString("project", project);
                }

                json.WriteStartObject("runtime");
                json.WriteString(keyField, start.Key);
                json.WriteEndObject();
            },
            token => FindMadeAsync(project, token),
            ct
        );
        await CallAsync("tasks.started", id, ct);
        return new(id, name, project, start.Project, start.Labels);
    }

    private async Task<ClearMLTask> JoinAsync(string id, CancellationToken ct)
    {
        var answer = await server.CallAsync("tasks.get_by_id", json => json.WriteString("task", id), ct);
        var task = answer.Object("task");
        if (start.Continuation == Continuation.ReuseLast)
        {
            await CallAsync("tasks.reset", id, ct);
        }

        if (start.Continuation != Continuation.New || task.TextOr("status", "") is "created" or "queued")
        {
            await CallAsync("tasks.started", id, ct);
        }

        var tags = task.Items("tags").Select(tag => tag.ToString()).ToList();
        return new(
            id,
            task.TextOr("name", name),
            task.TextOr("project", "") is { Length: > 0 } project ? project : null,
            start.Project,
            tags
        );
    }

    private Task CallAsync(string call, string id, CancellationToken ct) =>
        server.CallAsync(
            call,
            json =>
            {
                json.WriteString("task", id);
                json.WriteBoolean("force", value: true);
            },
            ct
        );
}
