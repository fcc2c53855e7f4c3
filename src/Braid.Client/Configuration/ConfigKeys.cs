namespace Braid.Client.Configuration;

/// <summary>The keys of a config. Each is also a variable, <c>TRACELET_KEY</c>.</summary>
internal static class ConfigKeys
{
    /// <summary>Tracelet's switches of what Python's frameworks do: taken, and without effect here.</summary>
    private static readonly string[] withoutEffect =
    [
        "track_tensorboard",
        "track_lightning",
        "track_system",
        "track_git",
        "track_env",
        "auto_connect_frameworks",
    ];

    private static readonly string[] known =
    [
        "project",
        "experiment_name",
        "task_name",
        "task_type",
        "tags",
        "backend",
        "api_key",
        "backend_url",
        "output_uri",
        "run_id",
        "continue_last_task",
        "reuse_last_task_id",
        "auto_connect_arg_parser",
        "auto_connect_streams",
        "auto_resource_monitoring",
        "metrics_interval",
        "spool_dir",
        "spool_limit_mb",
        "resume_spooled",
        "flush_timeout",
        "max_queue_size",
        "folder_dir",
        "clearml_offline_dir",
        "wandb_dir",
        "clearml_api_host",
        "clearml_files_host",
        "clearml_api_access_key",
        "clearml_api_secret_key",
        "mlflow_tracking_uri",
        "mlflow_tracking_username",
        "mlflow_tracking_password",
        "mlflow_tracking_token",
        "mlflow_experiment_id",
    ];

    /// <summary>The config as text, whatever the values are.</summary>
    /// <exception cref="ArgumentException">A key is unknown: what it was to say would be lost without a word.</exception>
    public static Dictionary<string, string> Read(IEnumerable<KeyValuePair<string, object?>> config)
    {
        var read = new Dictionary<string, string>();
        foreach (var (key, value) in config)
        {
            if (!known.Contains(key) && !withoutEffect.Contains(key))
            {
                throw new ArgumentException(
                    $"the config has no key {key}; there are {string.Join(", ", known.Concat(withoutEffect))}"
                );
            }

            if (value is not null)
            {
                read[key] = value is IEnumerable<string> words ? string.Join(',', words) : ValueText.Of(value);
            }
        }

        return read;
    }
}
