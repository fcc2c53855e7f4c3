using Braid.Gateway.MLflow.Artifacts;
using Braid.Gateway.MLflow.Experiments;
using Braid.Gateway.MLflow.Imports;
using Braid.Gateway.MLflow.Installation;
using Braid.Gateway.MLflow.LoggedModels;
using Braid.Gateway.MLflow.Metrics;
using Braid.Gateway.MLflow.Registry;
using Braid.Gateway.MLflow.Runs;
using Braid.Gateway.MLflow.Uploads;
using Braid.Gateway.MLflow.Wire;

namespace Braid.Gateway.MLflow;

/// <summary>
/// Every call of the protocol that this door knows, and who answers it. Paths are below <c>/api</c> and <c>/ajax-api</c>; those
/// with two slashes in front stand in full. docs/protocols/mlflow.md is tested against this table.
/// </summary>
internal static class Endpoints
{
    private const string mlflow = "/2.0/mlflow";
    private const string proxy = "/2.0/mlflow-artifacts";

    public static IReadOnlyList<Endpoint> All { get; } =
    [
        .. Server(),
        .. Experiments(),
        .. Runs(),
        .. Metrics(),
        .. LoggedModels(),
        .. Registry(),
        .. Artifacts(),
        .. Imports(),
        .. RefusedEndpoints.All,
    ];

    private static IEnumerable<Endpoint> Server() =>
        [
            new Endpoint.Plain("GET", "//health", "OK", "text/html; charset=utf-8"),
            new Endpoint.Plain("GET", "//version", ServerCalls.Version, "text/plain; charset=utf-8"),
            Get("/3.0/mlflow/server-info", ServerCalls.DescribeAsync),
        ];

    private static IEnumerable<Endpoint> Experiments() =>
        [
            Post($"{mlflow}/experiments/create", ExperimentChanges.CreateAsync),
            Get($"{mlflow}/experiments/get", ExperimentLookups.GetAsync),
            Get($"{mlflow}/experiments/get-by-name", ExperimentLookups.GetByNameAsync),
            Get($"{mlflow}/experiments/search", ExperimentSearch.SearchAsync),
            Post($"{mlflow}/experiments/search", ExperimentSearch.SearchAsync),
            Post($"{mlflow}/experiments/update", ExperimentChanges.UpdateAsync),
            Post($"{mlflow}/experiments/delete", ExperimentChanges.DeleteAsync),
            Post($"{mlflow}/experiments/restore", ExperimentChanges.RestoreAsync),
            Post($"{mlflow}/experiments/set-experiment-tag", ExperimentTags.SetAsync),
            Post($"{mlflow}/experiments/delete-experiment-tag", ExperimentTags.DeleteAsync),
            Post($"{mlflow}/experiments/search-datasets", DatasetSearch.SearchAsync),
        ];

    private static IEnumerable<Endpoint> Runs() =>
        [
            Post($"{mlflow}/runs/create", RunChanges.CreateAsync),
            Get($"{mlflow}/runs/get", RunLookups.GetAsync),
            Post($"{mlflow}/runs/update", RunChanges.UpdateAsync),
            Post($"{mlflow}/runs/delete", RunChanges.DeleteAsync),
            Post($"{mlflow}/runs/restore", RunChanges.RestoreAsync),
            Post($"{mlflow}/runs/search", RunSearch.SearchAsync),
            Post($"{mlflow}/runs/log-metric", MetricLogging.LogAsync),
            Post($"{mlflow}/runs/log-parameter", ParameterLogging.LogAsync),
            Post($"{mlflow}/runs/set-tag", RunTagCalls.SetAsync),
            Post($"{mlflow}/runs/delete-tag", RunTagCalls.DeleteAsync),
            Post($"{mlflow}/runs/log-batch", BatchLogging.LogAsync),
            Post($"{mlflow}/runs/log-inputs", InputLogging.LogAsync),
            Post($"{mlflow}/runs/outputs", ModelLinks.LogOutputsAsync),
            Post($"{mlflow}/runs/log-model", ModelHistory.LogAsync),
        ];

    private static IEnumerable<Endpoint> Metrics() =>
        [
            Stream("GET", $"{mlflow}/metrics/get-history", MetricHistory.GetAsync),
            Get($"{mlflow}/metrics/get-history-bulk", BulkHistory.GetAsync),
            Get($"{mlflow}/metrics/get-history-bulk-interval", BulkHistory.GetSampledAsync),
        ];

    private static IEnumerable<Endpoint> LoggedModels() =>
        [
            Post($"{mlflow}/logged-models", LoggedModelCalls.CreateAsync),
            Post($"{mlflow}/logged-models/search", LoggedModelSearch.SearchAsync),
            Get($"{mlflow}/logged-models/{{model_id}}", LoggedModelCalls.GetAsync),
            Patch($"{mlflow}/logged-models/{{model_id}}", LoggedModelCalls.FinalizeAsync),
            Delete($"{mlflow}/logged-models/{{model_id}}", LoggedModelCalls.DeleteAsync),
            Patch($"{mlflow}/logged-models/{{model_id}}/tags", LoggedModelParts.SetTagsAsync),
            Delete($"{mlflow}/logged-models/{{model_id}}/tags/{{tag_key}}", LoggedModelParts.DeleteTagAsync),
            Post($"{mlflow}/logged-models/{{model_id}}/params", LoggedModelParts.LogParametersAsync),
            Get($"{mlflow}/logged-models/{{model_id}}/artifacts/directories", ArtifactFolder.ListModelAsync),
            Stream("GET", $"{mlflow}/logged-models/{{model_id}}/artifacts/files", ArtifactDownloads.OfLoggedModelAsync),
        ];

    private static IEnumerable<Endpoint> Registry() =>
        [
            Post($"{mlflow}/registered-models/create", RegisteredModelCalls.CreateAsync),
            Get($"{mlflow}/registered-models/get", RegisteredModelCalls.GetAsync),
            Post($"{mlflow}/registered-models/rename", RegisteredModelCalls.RenameAsync),
            Patch($"{mlflow}/registered-models/update", RegisteredModelCalls.UpdateAsync),
            Delete($"{mlflow}/registered-models/delete", RegisteredModelCalls.DeleteAsync),
            Get($"{mlflow}/registered-models/search", RegistrySearch.ModelsAsync),
            Get($"{mlflow}/registered-models/get-latest-versions", RegisteredModelCalls.LatestVersionsAsync),
            Post($"{mlflow}/registered-models/get-latest-versions", RegisteredModelCalls.LatestVersionsAsync),
            Post($"{mlflow}/registered-models/set-tag", RegisteredModelCalls.SetTagAsync),
            Delete($"{mlflow}/registered-models/delete-tag", RegisteredModelCalls.DeleteTagAsync),
            Post($"{mlflow}/registered-models/alias", AliasCalls.SetAsync),
            Delete($"{mlflow}/registered-models/alias", AliasCalls.DeleteAsync),
            Get($"{mlflow}/registered-models/alias", AliasCalls.GetAsync),
            Post($"{mlflow}/model-versions/create", VersionCalls.CreateAsync),
            Get($"{mlflow}/model-versions/get", VersionCalls.GetAsync),
            Get($"{mlflow}/model-versions/get-download-uri", VersionCalls.DownloadUriAsync),
            Patch($"{mlflow}/model-versions/update", VersionChanges.UpdateAsync),
            Delete($"{mlflow}/model-versions/delete", VersionChanges.DeleteAsync),
            Get($"{mlflow}/model-versions/search", RegistrySearch.VersionsAsync),
            Post($"{mlflow}/model-versions/transition-stage", VersionChanges.TransitionAsync),
            Post($"{mlflow}/model-versions/set-tag", VersionChanges.SetTagAsync),
            Delete($"{mlflow}/model-versions/delete-tag", VersionChanges.DeleteTagAsync),
        ];

    private static IEnumerable<Endpoint> Artifacts() =>
        [
            Get($"{mlflow}/artifacts/list", ArtifactFolder.ListRunAsync),
            Get($"{proxy}/artifacts", ArtifactFolder.ListProxyAsync),
            Stream("PUT", $"{proxy}/artifacts/{{**path}}", ArtifactBytes.PutAsync),
            Stream("GET", $"{proxy}/artifacts/{{**path}}", ArtifactBytes.GetAsync),
            Stream("DELETE", $"{proxy}/artifacts/{{**path}}", ArtifactBytes.DeleteAsync),
            Stream("POST", $"{proxy}/mpu/create/{{**path}}", MultipartUploads.BeginAsync),
            new Endpoint.Ticketed("PUT", $"{proxy}/mpu/parts/{{part}}/{{ticket}}", MultipartUploads.PutPartAsync),
            Stream("POST", $"{proxy}/mpu/complete/{{**path}}", MultipartUploads.CompleteAsync),
            Stream("POST", $"{proxy}/mpu/abort/{{**path}}", MultipartUploads.AbortAsync),
            Stream("POST", $"//ajax-api{mlflow}/upload-artifact", ArtifactUpload.OfRunAsync),
            Stream("GET", "//get-artifact", ArtifactDownloads.OfRunAsync),
            Stream("GET", "//model-versions/get-artifact", ArtifactDownloads.OfVersionAsync),
        ];

    /// <summary>What ordinary clients lack: runs and models that keep their ids. For administrators (docs/adr/0014-imports.md).</summary>
    private static IEnumerable<Endpoint> Imports() =>
        [
            Post("/2.0/braid/import/run", RunImport.PutAsync),
            Post("/2.0/braid/import/points", PointImport.AppendAsync),
            Post("/2.0/braid/import/logged-model", ModelImport.PutLoggedAsync),
            Post("/2.0/braid/import/registered-model", ModelImport.PutNamedAsync),
            Get("/2.0/braid/import/check", RunCheck.ReadAsync),
        ];

    private static Endpoint.Json Get(string path, JsonHandler handler) => new("GET", path, handler);

    private static Endpoint.Json Post(string path, JsonHandler handler) => new("POST", path, handler);

    private static Endpoint.Json Patch(string path, JsonHandler handler) => new("PATCH", path, handler);

    private static Endpoint.Json Delete(string path, JsonHandler handler) => new("DELETE", path, handler);

    private static Endpoint.Stream Stream(string verb, string path, StreamHandler handler) => new(verb, path, handler);
}
