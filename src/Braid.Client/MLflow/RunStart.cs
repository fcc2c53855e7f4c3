using System.Text.Json;

namespace Braid.Client.MLflow;

/// <summary>What the program calls its run and project.</summary>
internal sealed record RunName(string Name, string? Project);

/// <summary>
/// Makes the run. With a job's credentials the server answers the job's own project and run to the same calls, so that nothing
/// here knows about jobs.
/// </summary>
internal static class RunStart
{
    private const string DefaultExperiment = "0";

    public static async Task<RunConnection> StartAsync(
        Server server,
        RunName name,
        LoggingOptions options,
        CancellationToken ct
    )
    {
        if (options.RunId is { } id)
        {
            using var existing = await server.GetAsync($"runs/get?run_id={Uri.EscapeDataString(id)}", ct);
            return Connection(server, existing);
        }

        var experiment = await ExperimentAsync(
            server,
            name.Project ?? options.ExperimentName,
            options.ExperimentId,
            ct
        );
        using var created = await server.PostAsync("runs/create", json => Write(json, name, experiment, options), ct);
        return Connection(server, created);
    }

    private static async Task<string> ExperimentAsync(
        Server server,
        string? project,
        string? id,
        CancellationToken ct
    ) =>
        project is null ? id ?? DefaultExperiment
        : await FindAsync(server, project, ct) is { } found ? found
        : await CreateAsync(server, project, ct);

    private static async Task<string?> FindAsync(Server server, string project, CancellationToken ct)
    {
        try
        {
            using var answer = await server.GetAsync(
                $"experiments/get-by-name?experiment_name={Uri.EscapeDataString(project)}",
                ct
            );
            return answer.RootElement.GetProperty("experiment").GetProperty("experiment_id").GetString();
        }
        catch (Refusal refusal) when (refusal.Code == "RESOURCE_DOES_NOT_EXIST")
        {
            return null;
        }
    }

    private static async Task<string> CreateAsync(Server server, string project, CancellationToken ct)
    {
        try
        {
            using var answer = await server.PostAsync(
                "experiments/create",
                json =>
                {
                    json.WriteStartObject();
                    json.WriteString("name", project);
                    json.WriteEndObject();
                },
                ct
            );
            return answer.RootElement.TextOr("experiment_id", DefaultExperiment);
        }
        catch (Refusal refusal) when (refusal.Code == "RESOURCE_ALREADY_EXISTS")
        {
            // Somebody else made it between our two questions.
            return await FindAsync(server, project, ct) ?? DefaultExperiment;
        }
    }

    private static void Write(Utf8JsonWriter json, RunName name, string experiment, LoggingOptions options)
    {
        json.WriteStartObject();
        json.WriteString("experiment_id", experiment);
        json.WriteString("run_name", name.Name);
        json.WriteNumber("start_time", options.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        json.WriteStartArray("tags");
        WriteTag(json, "mlflow.source.name", Environment.ProcessPath ?? "");
        WriteTag(json, "mlflow.source.type", "LOCAL");
        WriteTag(json, "mlflow.user", Environment.UserName);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTag(Utf8JsonWriter json, string key, string value)
    {
        json.WriteStartObject();
        json.WriteString("key", key);
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    private static RunConnection Connection(Server server, JsonDocument answer)
    {
        var run = answer.RootElement.GetProperty("run").GetProperty("info");
        return new(server, run.TextOr("run_id", ""), run.TextOr("artifact_uri", ""));
    }
}
