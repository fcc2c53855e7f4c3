using Braid.Client.Backends.Http;
using Braid.Client.Records;

namespace Braid.Client.Backends.MLflow;

/// <summary>A run on the server: points, parameters and tags in batches, apart, so that a refused parameter loses no points.</summary>
internal sealed class MLflowSink(MLflowRun run, MLflowServer server, SinkContext context) : IRunSink
{
    private readonly MLflowBatch[] batches =
    [
        new("params", 100, RecordKind.Parameter),
        new("tags", 100, RecordKind.Tag, RecordKind.Label, RecordKind.Note),
        new("metrics", 1000, RecordKind.Metric),
    ];

    public string RunId => run.Id;

    public async Task LogAsync(IReadOnlyList<LogRecord> records, CancellationToken ct)
    {
        foreach (var batch in batches)
        {
            batch.Records.Clear(); // of a call that was abandoned
        }

        foreach (var record in records)
        {
            if (Array.Find(batches, batch => batch.Takes(record.Kind)) is not { } batch)
            {
                await TryAsync(() => SendAsync(record, ct), 1);
                continue;
            }

            if (batch.IsFull)
            {
                await SendAsync(batch, ct);
            }

            batch.Records.Add(record);
        }

        foreach (var batch in batches.Where(batch => batch.Records.Count > 0))
        {
            await SendAsync(batch, ct);
        }
    }

    public async Task EndAsync(RunEnd end, CancellationToken ct)
    {
        try
        {
            using var answer = await server.PostAsync(
                "runs/update",
                json =>
                {
                    json.WriteString("run_id", run.Id);
                    json.WriteString("status", StatusOf(end.Outcome));
                    json.WriteNumber("end_time", end.At);
                },
                ct
            );
        }
        catch (MLflowRefusal refusal)
        {
            throw refusal.ToBackend();
        }
    }

    public ValueTask DisposeAsync()
    {
        server.Dispose();
        return default;
    }

    private Task SendAsync(LogRecord record, CancellationToken ct) =>
        record.Kind switch
        {
            RecordKind.Artifact => UploadAsync(ContentFiles.OfArtifact(record.Artifact), ct),
            RecordKind.Model => RegisterAsync(record, ct),
            RecordKind.Console => Task.CompletedTask, // MLflow keeps no console
            _ => UploadAsync([ContentFiles.OfMedia(record)], ct),
        };

    private async Task SendAsync(MLflowBatch batch, CancellationToken ct)
    {
        await SendAsync(batch.List, batch.Records, ct);
        batch.Records.Clear();
    }

    /// <summary>What is refused together is sent again in halves: a record that the server does not take costs no other.</summary>
    private async Task SendAsync(string list, List<LogRecord> records, CancellationToken ct)
    {
        var isRefused = false;
        await TryAsync(
            async () =>
            {
                try
                {
                    using var answer = await server.PostAsync(
                        "runs/log-batch",
                        json => BatchJson.Write(json, run.Id, list, records),
                        ct
                    );
                }
                catch (MLflowRefusal refusal) when (refusal.IsOfContent && records.Count > 1)
                {
                    isRefused = true;
                }
            },
            records.Count
        );
        if (isRefused)
        {
            var half = records.Count / 2;
            await SendAsync(list, records[..half], ct);
            await SendAsync(list, records[half..], ct);
        }
    }

    private async Task UploadAsync(IEnumerable<FileContent> files, CancellationToken ct)
    {
        foreach (var file in files)
        {
            await server.PutFileAsync(run.PathOf(file.Path), file, ct);
        }
    }

    /// <summary>Uploads below <c>models/NAME</c>, then registers that place as the next version.</summary>
    private async Task RegisterAsync(LogRecord record, CancellationToken ct)
    {
        var folder = $"models/{ContentFiles.SafePart(record.Name)}";
        await UploadAsync(ContentFiles.OfPath(record.Model.Path, folder), ct);
        await EnsureModelAsync(record.Name, ct);
        var source = $"{run.ArtifactUri}/{folder}";
        var before = await VersionsAsync(record.Name, source, ct);
        using var answer = await server.PostOnceAsync(
            "model-versions/create",
            json => ModelJson.WriteVersion(json, record.Name, record.Model, source, run.Id),
            async token => await VersionsAsync(record.Name, source, token) > before,
            ct
        );
    }

    /// <summary>How many versions of a model this run registered of a place.</summary>
    private async Task<int> VersionsAsync(string name, string source, CancellationToken ct)
    {
        var filter = Uri.EscapeDataString($"run_id = '{run.Id}'");
        using var found = await server.GetAsync($"model-versions/search?filter={filter}", ct);
        return found
            .RootElement.Items("model_versions")
            .Count(each => each.TextOr("name", "") == name && each.TextOr("source", "") == source);
    }

    private async Task EnsureModelAsync(string name, CancellationToken ct)
    {
        try
        {
            using var answer = await server.PostAsync(
                "registered-models/create",
                json => json.WriteString("name", name),
                ct
            );
        }
        catch (MLflowRefusal refusal) when (refusal.Code == "RESOURCE_ALREADY_EXISTS")
        {
            // An earlier run registered it: this one adds a version.
        }
    }

    /// <summary>What the server refuses, or what cannot be read, is told and passed over: the rest goes on.</summary>
    private async Task TryAsync(Func<Task> deliver, int count)
    {
        try
        {
            await deliver();
        }
        catch (MLflowRefusal refusal) when (refusal.IsFinal)
        {
            throw refusal.ToBackend();
        }
        catch (Exception error)
            when (error is IOException or UnauthorizedAccessException or MLflowRefusal or BackendRefusalException)
        {
            context.Refuse(count, $"mlflow: {error.Message}");
        }
    }

    private static string StatusOf(RunOutcome outcome) =>
        outcome switch
        {
            RunOutcome.Finished => "FINISHED",
            RunOutcome.Failed => "FAILED",
            _ => "KILLED",
        };
}

/// <summary>Records that go into one list of <c>runs/log-batch</c>, as many as the server takes at once.</summary>
internal sealed class MLflowBatch(string list, int limit, params RecordKind[] kinds)
{
    public string List => list;

    public List<LogRecord> Records { get; } = [];

    public bool IsFull => Records.Count == limit;

    public bool Takes(RecordKind kind) => kinds.Contains(kind);
}
