using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Tracking;
using Braid.Cli.MLflowImports;

namespace Braid.Cli.ModelServing;

/// <summary>Asks a server where models are, and for their files, as MLflow's own clients do.</summary>
internal sealed class ModelStore(MLflowAddress server) : IDisposable
{
    private const string api = "/api/2.0/mlflow/";
    private const string files = "/api/2.0/mlflow-artifacts/artifacts";
    private const string proxied = "mlflow-artifacts:";
    private const string modelFile = "MLmodel";

    private readonly HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The path of the model's folder among the artifacts of the server.</summary>
    /// <exception cref="Failure">There is no such model, or it is elsewhere.</exception>
    public async Task<string> LocateAsync(ModelUri wanted, CancellationToken ct) =>
        wanted switch
        {
            ModelVersion version => await OfVersionAsync(version, ct),
            AliasedModel aliased => await OfVersionAsync(await OfAliasAsync(aliased, ct), ct),
            StagedModel staged => await OfVersionAsync(await NewestAsync(staged, ct), ct),
            LoggedModel logged => PathOf(await OfLoggedAsync(logged, ct)),
            RunModel model => await OfRunAsync(model, ct),
            StoredModel stored => PathOf(stored.Uri),
            _ => throw new ArgumentException($"no such model: {wanted}", nameof(wanted)),
        };

    /// <summary>What is in a folder of artifacts.</summary>
    /// <exception cref="Failure">The server refused.</exception>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(string folder, CancellationToken ct)
    {
        var answer = await AskAsync(HttpMethod.Get, $"{files}?path={Uri.EscapeDataString(folder)}", null, ct) ?? [];
        return [.. answer.Objects("files")];
    }

    /// <summary>A file's bytes.</summary>
    /// <exception cref="Failure">The server refused.</exception>
    public async Task<HttpResponseMessage> OpenAsync(string path, CancellationToken ct)
    {
        var address = $"{files}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}";
        var response = await SendAsync(HttpMethod.Get, address, null, ct);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new Failure($"the server did not give {path}: {await ReasonAsync(response, ct)}");
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<string> OfVersionAsync(ModelVersion version, CancellationToken ct)
    {
        var answer =
            await AskAsync(
                HttpMethod.Get,
                $"{api}model-versions/get-download-uri?name={Uri.EscapeDataString(version.Name)}&version={version.Version}",
                null,
                ct
            ) ?? throw new Failure($"there is no version {version.Version} of a model {version.Name}");
        var place = answer.Text("artifact_uri");
        // A version of a logged model names that; a folder of a run may be named by its run.
        return
            place.StartsWith("models:/m-", StringComparison.Ordinal)
            || place.StartsWith("runs:/", StringComparison.Ordinal)
            ? await LocateAsync(ModelUri.Parse(place), ct)
            : PathOf(place);
    }

    private async Task<ModelVersion> OfAliasAsync(AliasedModel model, CancellationToken ct)
    {
        var query = $"name={Uri.EscapeDataString(model.Name)}&alias={Uri.EscapeDataString(model.Alias)}";
        var answer = await AskAsync(HttpMethod.Get, $"{api}registered-models/alias?{query}", null, ct);
        return answer is null
            ? throw new Failure($"no version of a model {model.Name} has the alias {model.Alias}")
            : new(model.Name, answer.Object("model_version").Text("version"));
    }

    private async Task<ModelVersion> NewestAsync(StagedModel model, CancellationToken ct)
    {
        var query = new JsonObject { ["name"] = model.Name };
        if (model.Stage is { } stage)
        {
            query["stages"] = new JsonArray(stage);
        }

        var answer = await AskAsync(HttpMethod.Post, $"{api}registered-models/get-latest-versions", query, ct) ?? [];
        var versions = answer.Objects("model_versions").Select(version => version.Time("version") ?? 0).ToList();
        return versions.Count > 0
            ? new(model.Name, versions.Max().ToString(System.Globalization.CultureInfo.InvariantCulture))
            : throw new Failure($"no version of a model {model.Name} is in stage {model.Stage ?? "latest"}");
    }

    private async Task<string> OfLoggedAsync(LoggedModel model, CancellationToken ct)
    {
        var answer =
            await AskAsync(HttpMethod.Get, $"{api}logged-models/{Uri.EscapeDataString(model.Id)}", null, ct)
            ?? throw new Failure($"there is no logged model {model.Id}");
        return answer.Object("model").Object("info").Text("artifact_uri");
    }

    /// <summary>Among the run's artifacts, where MLflow 2 has it; else a logged model of that name, as MLflow 3 has it.</summary>
    private async Task<string> OfRunAsync(RunModel wanted, CancellationToken ct)
    {
        var run =
            await AskAsync(HttpMethod.Get, $"{api}runs/get?run_id={Uri.EscapeDataString(wanted.Run)}", null, ct)
            ?? throw new Failure($"there is no run {wanted.Run}");
        var info = run.Object("run").Object("info");
        var root = info.Text("artifact_uri");
        if (root.StartsWith(proxied, StringComparison.Ordinal))
        {
            var folder = $"{PathOf(root)}/{wanted.Path}";
            if ((await ListAsync(folder, ct)).Any(file => file.Text("path") == modelFile))
            {
                return folder;
            }
        }

        var query = new JsonObject
        {
            ["experiment_ids"] = new JsonArray(info.Text("experiment_id")),
            ["filter"] =
                $"source_run_id = '{wanted.Run}' AND name = '{wanted.Path.Replace("'", "''", StringComparison.Ordinal)}'",
            ["order_by"] = new JsonArray(
                new JsonObject { ["field_name"] = "creation_timestamp", ["ascending"] = false }
            ),
            ["max_results"] = 1,
        };
        var models = await AskAsync(HttpMethod.Post, $"{api}logged-models/search", query, ct) ?? [];
        return models.Objects("models").FirstOrDefault() is { } model
            ? PathOf(model.Object("info").Text("artifact_uri"))
            : throw new Failure($"run {wanted.Run} has no model {wanted.Path}: there is no file {modelFile} in it");
    }

    private static string PathOf(string uri) =>
        uri.StartsWith(proxied, StringComparison.Ordinal)
            // mlflow-artifacts:/a/b, and with the server's address: mlflow-artifacts://host:port/a/b.
            ? Uri.UnescapeDataString(new Uri(uri).AbsolutePath.Trim('/'))
            : throw new Failure(
                $"the model is at {uri}, which its server does not serve: copy it into a folder, and name that (-m FOLDER)"
            );

    private async Task<JsonObject?> AskAsync(HttpMethod method, string path, JsonObject? body, CancellationToken ct)
    {
        using var response = await SendAsync(method, path, body, ct);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new Failure($"the server refused {path.Split('?')[0]}: {await ReasonAsync(response, ct)}");
        }

        var text = await response.Content.ReadAsStringAsync(ct);
        return Read(text) ?? throw new Failure($"{server.Address} does not answer as an MLflow server does");
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        JsonObject? body,
        CancellationToken ct
    )
    {
        using var request = new HttpRequestMessage(method, server.Address + path);
        request.Headers.Authorization = server.Keys;
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException error)
        {
            throw new Failure($"cannot reach {server.Address}: {error.Message}");
        }
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        return $"{(int)response.StatusCode} {Read(text)?["message"]?.ToString() ?? response.ReasonPhrase}";
    }

    private static JsonObject? Read(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
