using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.MLflowImports.Sources;

namespace Braid.Cli.MLflowImports.Servers;

/// <summary>A running MLflow server, 2.x or 3.x, asked over REST.</summary>
internal sealed class ServerSource(SourceServer server) : MLflowSource
{
    private const string api = "api/2.0/mlflow";
    private const int runsOfPage = 1000;
    private const int pointsOfPage = 25_000;
    private const int modelsOfPage = 50;

    /// <summary>Whether runs may have links to models.</summary>
    private bool hasModels;

    public override async IAsyncEnumerable<SourceExperiment> ExperimentsAsync(
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var query = new JsonObject { ["view_type"] = "ALL", ["max_results"] = runsOfPage };
        var found = new List<SourceExperiment>();
        await foreach (var one in PagesAsync("experiments/search", query, "experiments", ct))
        {
            found.Add(
                new(one.Text("experiment_id"), one.Text("name"))
                {
                    Location = one.Text("artifact_location"),
                    IsDeleted = one.Text("lifecycle_stage") == "deleted",
                    Tags = one.Pairs("tags"),
                }
            );
        }

        hasModels = await HasModelsAsync(found, ct);
        foreach (var experiment in found)
        {
            yield return experiment;
        }
    }

    public override async IAsyncEnumerable<SourceRun> RunsAsync(
        SourceExperiment experiment,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var query = new JsonObject
        {
            ["experiment_ids"] = new JsonArray(experiment.Id),
            ["run_view_type"] = "ALL",
            ["max_results"] = runsOfPage,
            ["order_by"] = new JsonArray("attributes.start_time ASC"),
        };
        await foreach (var one in PagesAsync("runs/search", query, "runs", ct))
        {
            var run = ServerRecords.Run(one);
            yield return hasModels ? await WithModelsAsync(run, ct) : run;
        }
    }

    public override async IAsyncEnumerable<SourcePoint> PointsAsync(
        SourceExperiment experiment,
        SourceRun run,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        foreach (var key in run.MetricKeys)
        {
            var path =
                $"{api}/metrics/get-history?run_id={run.Id}&metric_key={Uri.EscapeDataString(key)}&max_results={pointsOfPage}";
            for (var token = ""; token is not null; )
            {
                var page =
                    await server.GetAsync(
                        token.Length == 0 ? path : $"{path}&page_token={Uri.EscapeDataString(token)}",
                        ct
                    ) ?? throw Gone(run);
                foreach (var point in page.Objects("metrics"))
                {
                    yield return ServerRecords.Point(point);
                }

                token = page.Text("next_page_token") is { Length: > 0 } next ? next : null;
            }
        }
    }

    public override async IAsyncEnumerable<SourceModel> ModelsAsync(
        SourceExperiment experiment,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var query = new JsonObject
        {
            ["experiment_ids"] = new JsonArray(experiment.Id),
            ["max_results"] = modelsOfPage,
        };
        await foreach (var one in PagesAsync("logged-models/search", query, "models", ct))
        {
            yield return ServerRecords.Model(one);
        }
    }

    public override async IAsyncEnumerable<SourceName> NamesAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var one in ListAsync($"{api}/registered-models/search?max_results=100", "registered_models", ct))
        {
            var filter = Uri.EscapeDataString(
                $"name='{one.Text("name").Replace("'", "''", StringComparison.Ordinal)}'"
            );
            var versions = new List<JsonObject>();
            await foreach (
                var version in ListAsync(
                    $"{api}/model-versions/search?max_results=1000&filter={filter}",
                    "model_versions",
                    ct
                )
            )
            {
                versions.Add(version);
            }

            yield return ServerRecords.Name(one, versions);
        }
    }

    public override IAsyncEnumerable<SourceFile> FilesAsync(
        SourceExperiment experiment,
        SourceRun run,
        CancellationToken ct
    ) =>
        FilesAsync(
            $"{api}/artifacts/list?run_id={run.Id}&path=",
            path => $"get-artifact?run_uuid={run.Id}&run_id={run.Id}&path={path}",
            ct
        );

    public override IAsyncEnumerable<SourceFile> FilesAsync(
        SourceExperiment experiment,
        SourceModel model,
        CancellationToken ct
    ) =>
        FilesAsync(
            $"{api}/logged-models/{model.Id}/artifacts/directories?artifact_directory_path=",
            path => $"ajax-api/2.0/mlflow/logged-models/{model.Id}/artifacts/files?artifact_file_path={path}",
            ct
        );

    /// <summary>The server reads for us what it serves itself; what its clients fetch from a store of their own stays there.</summary>
    public override bool Reaches(string location) => ArtifactFolders.IsLocal(location);

    public override ValueTask DisposeAsync()
    {
        server.Dispose();
        return base.DisposeAsync();
    }

    /// <summary>Whether there are models in any experiment: a run may use one of another.</summary>
    private async Task<bool> HasModelsAsync(List<SourceExperiment> experiments, CancellationToken ct)
    {
        var query = new JsonObject
        {
            ["experiment_ids"] = new JsonArray([.. experiments.Select(experiment => JsonValue.Create(experiment.Id))]),
            ["max_results"] = 1,
        };
        return (await server.PostAsync($"{api}/logged-models/search", query, ct) ?? []).Objects("models").Any();
    }

    /// <summary>A search for runs leaves out the models that they made and used; asking for one run does not.</summary>
    private async Task<SourceRun> WithModelsAsync(SourceRun run, CancellationToken ct)
    {
        var answer = await server.GetAsync($"{api}/runs/get?run_id={run.Id}", ct) ?? throw Gone(run);
        var whole = ServerRecords.Run(answer.Object("run"));
        return run with { InputModels = whole.InputModels, OutputModels = whole.OutputModels };
    }

    private static Failure Gone(SourceRun run) => new($"run {run.Id} has gone from the server while it was read");

    private async IAsyncEnumerable<SourceFile> FilesAsync(
        string list,
        Func<string, string> address,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var folders = new Stack<string>([""]);
        while (folders.TryPop(out var folder))
        {
            await foreach (var file in ListAsync($"{list}{Uri.EscapeDataString(folder)}", "files", ct))
            {
                var path = file.Text("path");
                if (file.Text("is_dir") == "true")
                {
                    folders.Push(path);
                }
                else
                {
                    yield return new(
                        path,
                        file.Time("file_size"),
                        stop => server.OpenAsync(address(Uri.EscapeDataString(path)), stop)
                    );
                }
            }
        }
    }

    /// <summary>Every item of a search by POST; none when the server is too old to know it.</summary>
    private async IAsyncEnumerable<JsonObject> PagesAsync(
        string call,
        JsonObject query,
        string list,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        for (var more = true; more; )
        {
            var page = await server.PostAsync($"{api}/{call}", query, ct) ?? [];
            foreach (var item in page.Objects(list))
            {
                yield return item;
            }

            var token = page.Text("next_page_token");
            query["page_token"] = token;
            more = token.Length > 0;
        }
    }

    /// <summary>Every item of a list by GET.</summary>
    private async IAsyncEnumerable<JsonObject> ListAsync(
        string call,
        string list,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        for (string? token = ""; token is not null; )
        {
            var path = token.Length == 0 ? call : $"{call}&page_token={Uri.EscapeDataString(token)}";
            var page = await server.GetAsync(path, ct) ?? [];
            foreach (var item in page.Objects(list))
            {
                yield return item;
            }

            token = page.Text("next_page_token") is { Length: > 0 } next ? next : null;
        }
    }
}
