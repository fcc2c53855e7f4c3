using System.Globalization;
using System.Text.Json;
using Braid.Client.Backends.Http;

namespace Braid.Client.Backends.MLflow;

/// <summary>
/// Makes the run. With a job's credentials the server answers the job's own project and run to the same calls, so that nothing
/// here knows about jobs.
/// </summary>
internal static class MLflowRunStart
{
    private const string defaultExperiment = "0";
    private const string keyTag = "braid.start";

    public static async Task<MLflowRun> StartAsync(
        MLflowServer server,
        RunStart start,
        MLflowOptions options,
        SinkContext context,
        CancellationToken ct
    )
    {
        if (start.RunId is { } id)
        {
            return await GetAsync(server, id, ct);
        }

        var experiment = await ExperimentAsync(server, start.Project, options.ExperimentId, ct);
        if (start.Continuation == Continuation.ReuseLast)
        {
            context.Report(
                "mlflow: a run cannot be emptied and used again: a new one is made (continue_last_task goes on with it)"
            );
        }

        if (
            start.Continuation == Continuation.ContinueLast
            && await LastAsync(server, start, experiment, ct) is { } last
        )
        {
            return await ReopenAsync(server, last, ct);
        }

        return await CreateAsync(server, start, experiment, ct);
    }

    /// <summary>An answer that was lost must not make a second run: the tag that the first would have says whether it is there.</summary>
    private static async Task<MLflowRun> CreateAsync(
        MLflowServer server,
        RunStart start,
        string experiment,
        CancellationToken ct
    )
    {
        string? made = null;
        if (!start.IsRepeated || !await WasMadeAsync(ct))
        {
            using var created = await server.PostOnceAsync(
                "runs/create",
                json => Write(json, start, experiment),
                WasMadeAsync,
                ct
            );
            if (created is not null)
            {
                return RunOf(created);
            }
        }

        return await GetAsync(server, made ?? "", ct);

        async Task<bool> WasMadeAsync(CancellationToken token) =>
            (made = await FirstAsync(server, experiment, $"tags.`{keyTag}` = '{start.Key}'", token)) is not null;
    }

    private static async Task<MLflowRun> GetAsync(MLflowServer server, string id, CancellationToken ct)
    {
        using var existing = await server.GetAsync($"runs/get?run_id={Uri.EscapeDataString(id)}", ct);
        return RunOf(existing);
    }

    private static async Task<MLflowRun> ReopenAsync(MLflowServer server, string id, CancellationToken ct)
    {
        using var answer = await server.PostAsync(
            "runs/update",
            json =>
            {
                json.WriteString("run_id", id);
                json.WriteString("status", "RUNNING");
            },
            ct
        );
        return await GetAsync(server, id, ct);
    }

    private static Task<string?> LastAsync(
        MLflowServer server,
        RunStart start,
        string experiment,
        CancellationToken ct
    ) => FirstAsync(server, experiment, $"attributes.run_name = '{start.Name.Replace('\'', '_')}'", ct);

    /// <summary>The ID of the run that a filter finds, of several the last that began.</summary>
    private static async Task<string?> FirstAsync(
        MLflowServer server,
        string experiment,
        string filter,
        CancellationToken ct
    )
    {
        using var found = await server.PostAsync(
            "runs/search",
            json =>
            {
                json.WriteStartArray("experiment_ids");
                json.WriteStringValue(experiment);
                json.WriteEndArray();
                json.WriteString("filter", filter);
                json.WriteStartArray("order_by");
                json.WriteStringValue("attributes.start_time DESC");
                json.WriteEndArray();
                json.WriteNumber("max_results", 1);
            },
            ct
        );
        return found.RootElement.Items("runs").Select(run => run.Object("info").TextOr("run_id", "")).FirstOrDefault();
    }

    private static async Task<string> ExperimentAsync(
        MLflowServer server,
        string? project,
        string? id,
        CancellationToken ct
    ) =>
        project is null ? id ?? defaultExperiment
        : await FindAsync(server, project, ct) is { } found ? found
        : await CreateAsync(server, project, ct);

    private static async Task<string?> FindAsync(MLflowServer server, string project, CancellationToken ct)
    {
        try
        {
            using var answer = await server.GetAsync(
                $"experiments/get-by-name?experiment_name={Uri.EscapeDataString(project)}",
                ct
            );
            return answer.RootElement.Object("experiment").TextOr("experiment_id", defaultExperiment);
        }
        catch (MLflowRefusal refusal) when (refusal.Code == "RESOURCE_DOES_NOT_EXIST")
        {
            return null;
        }
    }

    private static async Task<string> CreateAsync(MLflowServer server, string project, CancellationToken ct)
    {
        try
        {
            using var answer = await server.PostAsync(
                "experiments/create",
                json => json.WriteString("name", project),
                ct
            );
            return answer.RootElement.TextOr("experiment_id", defaultExperiment);
        }
        catch (MLflowRefusal refusal) when (refusal.Code == "RESOURCE_ALREADY_EXISTS")
        {
            // Somebody else made it between our two questions.
            return await FindAsync(server, project, ct) ?? defaultExperiment;
        }
    }

    private static void Write(Utf8JsonWriter json, RunStart start, string experiment)
    {
        json.WriteString("experiment_id", experiment);
        json.WriteString("run_name", start.Name);
        json.WriteNumber("start_time", start.StartedAt);
        json.WriteStartArray("tags");
        WriteTag(json, "mlflow.source.type", "LOCAL");
        WriteTag(json, "mlflow.source.name", Environment.ProcessPath ?? "dotnet");
        WriteTag(json, "mlflow.user", Environment.UserName);
        if (start.Key.Length > 0)
        {
            WriteTag(json, keyTag, start.Key);
        }

        foreach (var label in start.Labels)
        {
            WriteTag(json, label, BatchJson.LabelValue);
        }

        json.WriteEndArray();
    }

    private static void WriteTag(Utf8JsonWriter json, string key, string value)
    {
        json.WriteStartObject();
        json.WriteString("key", key);
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    private static MLflowRun RunOf(JsonDocument answer)
    {
        var info = answer.RootElement.Object("run").Object("info");
        return new(info.TextOr("run_id", ""), info.TextOr("artifact_uri", ""));
    }
}
