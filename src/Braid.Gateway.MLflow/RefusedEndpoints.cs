using Braid.Gateway.MLflow.Wire;

namespace Braid.Gateway.MLflow;

/// <summary>Calls of the protocol that this server refuses by name, so that a client learns why instead of guessing.</summary>
internal static class RefusedEndpoints
{
    private const string traces =
        "This server keeps no traces. Turn tracing off, or log what matters as metrics and artifacts.";

    private const string presigned = "Presigned artifact URLs are not offered: artifacts go through this server.";
    private const string webhooks = "Webhooks are not offered.";
    private const string users =
        "Users and permissions are not managed through MLflow's API here: whoever has a key pair may use every experiment and"
        + " model. An administrator makes users, and each of them makes key pairs on the web page /keys.";

    public static IEnumerable<Endpoint> All =>
        [
            .. Traces(),
            .. Uploads(),
            .. Many(webhooks, "/2.0/mlflow/webhooks", "POST", "GET"),
            .. Many(webhooks, "/2.0/mlflow/webhooks/{webhook_id}", "GET", "PATCH", "DELETE"),
            .. Many(webhooks, "/2.0/mlflow/webhooks/{webhook_id}/test", "POST"),
            .. Users(),
        ];

    private static IEnumerable<Endpoint> Traces() =>
        [
            .. Many(traces, "/2.0/mlflow/traces", "POST", "GET"),
            .. Many(traces, "/2.0/mlflow/traces/delete-traces", "POST"),
            .. Many(traces, "/2.0/mlflow/traces/{request_id}", "PATCH"),
            .. Many(traces, "/2.0/mlflow/traces/{request_id}/info", "GET"),
            .. Many(traces, "/2.0/mlflow/traces/{request_id}/tags", "PATCH", "DELETE"),
            .. Many(traces, "/3.0/mlflow/traces", "POST"),
            .. Many(traces, "/3.0/mlflow/traces/search", "POST"),
            .. Many(traces, "/3.0/mlflow/traces/delete-traces", "POST"),
            .. Many(traces, "/3.0/mlflow/traces/batchGet", "GET"),
            .. Many(traces, "/3.0/mlflow/traces/{trace_id}", "GET"),
            .. Many(traces, "/3.0/mlflow/traces/{trace_id}/assessments", "POST"),
            .. Many(traces, "/3.0/mlflow/traces/{trace_id}/assessments/{assessment_id}", "GET", "PATCH", "DELETE"),
            .. Many(traces, "//v1/traces", "POST"),
        ];

    private static IEnumerable<Endpoint> Uploads() =>
        [
            .. Many(presigned, "/2.0/mlflow-artifacts/presigned/{**path}", "GET"),
            .. Many(presigned, "/2.0/mlflow/artifacts/presigned-upload-url", "POST"),
        ];

    private static IEnumerable<Endpoint> Users() =>
        [
            .. Many(users, "/2.0/mlflow/users/create", "POST"),
            .. Many(users, "/2.0/mlflow/users/get", "GET"),
            .. Many(users, "/2.0/mlflow/users/update-password", "PATCH"),
            .. Many(users, "/2.0/mlflow/users/update-admin", "PATCH"),
            .. Many(users, "/2.0/mlflow/users/delete", "DELETE"),
            .. Permissions("experiments"),
            .. Permissions("registered-models"),
        ];

    private static IEnumerable<Endpoint> Permissions(string of) =>
        [
            .. Many(users, $"/2.0/mlflow/{of}/permissions/create", "POST"),
            .. Many(users, $"/2.0/mlflow/{of}/permissions/get", "GET"),
            .. Many(users, $"/2.0/mlflow/{of}/permissions/update", "PATCH"),
            .. Many(users, $"/2.0/mlflow/{of}/permissions/delete", "DELETE"),
        ];

    private static IEnumerable<Endpoint> Many(string why, string path, params string[] verbs) =>
        verbs.Select(verb => new Endpoint.Refused(verb, path, why));
}
