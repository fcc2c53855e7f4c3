using Braid.Client.Backends;

namespace Braid.Client.Configuration;

/// <summary>Makes options of settings. All that is wrong with them is told here, before anything is logged.</summary>
internal static class OptionsReader
{
    /// <exception cref="ArgumentException">A setting is wrong, or a backend is unknown.</exception>
    public static LoggingOptions Read(Settings settings)
    {
        var otherwise = new LoggingOptions();
        return otherwise with
        {
            Backends = BackendCatalog.Create(settings),
            Run = RunOf(settings),
            Ranks = RanksOf(settings),
            SpoolRoots = settings.Text("spool_dir") is { } spool
                ? [Path.GetFullPath(spool), .. otherwise.SpoolRoots]
                : otherwise.SpoolRoots,
            SpoolLimit = (long)(settings.Number("spool_limit_mb", otherwise.SpoolLimit >> 20) * (1 << 20)),
            ResumeSpooled = settings.Flag("resume_spooled", otherwise.ResumeSpooled),
            FlushTimeout = TimeSpan.FromSeconds(settings.Number("flush_timeout", otherwise.FlushTimeout.TotalSeconds)),
            QueueCapacity = (int)Math.Max(2, settings.Number("max_queue_size", otherwise.QueueCapacity)),
            ConnectArguments = settings.Flag("auto_connect_arg_parser", otherwise: false),
            ConnectStreams = settings.Flag("auto_connect_streams", otherwise: false),
            ResourceInterval = settings.Flag("auto_resource_monitoring", otherwise: false)
                ? TimeSpan.FromSeconds(Math.Max(0.1, settings.Number("metrics_interval", 10)))
                : null,
        };
    }

    private static RunStart RunOf(Settings settings)
    {
        var (continuation, id) = Continued(settings);
        return new()
        {
            Name =
                settings.Text("experiment_name")
                ?? settings.Text("task_name", "CLEARML_TASK_NAME", "MLFLOW_RUN_NAME")
                ?? "run",
            Project = settings.Text("project", "CLEARML_PROJECT_NAME", "MLFLOW_EXPERIMENT_NAME"),
            TaskType = settings.Text("task_type") ?? "training",
            Labels = settings.Words("tags"),
            Continuation = continuation,
            RunId = id,
        };
    }

    /// <summary>As in <c>Task.init</c>: true for the last run of the name, an ID for that one.</summary>
    private static (Continuation Continuation, string? RunId) Continued(Settings settings)
    {
        var (goesOn, reuses) = (settings.Text("continue_last_task"), settings.Text("reuse_last_task_id"));
        var id = settings.Text("run_id", "MLFLOW_RUN_ID", "CLEARML_TASK_ID");
        return goesOn is not null && Settings.AsFlag(goesOn) is not false ? Of(goesOn, Continuation.ContinueLast, id)
            : reuses is not null && Settings.AsFlag(reuses) is not false ? Of(reuses, Continuation.ReuseLast, id)
            : (Continuation.New, id);

        static (Continuation, string?) Of(string text, Continuation last, string? id) =>
            Settings.AsFlag(text) is true ? (last, id) : (last, text);
    }

    private static RankOptions RanksOf(Settings settings)
    {
        string?[] launch =
        [
            settings.Variable("MASTER_ADDR"),
            settings.Variable("MASTER_PORT"),
            settings.Variable("TORCHELASTIC_RUN_ID"),
            settings.Variable("SLURM_JOB_ID"),
        ];
        var (rank, size) = (NumberOf(settings, "RANK"), NumberOf(settings, "WORLD_SIZE"));
        return new()
        {
            Rank = rank ?? NumberOf(settings, "LOCAL_RANK") ?? 0,
            WorldSize = size ?? 1,
            Launch = rank is not null && size > 1 ? string.Join('\n', launch) : "",
        };
    }

    private static int? NumberOf(Settings settings, string variable) =>
        settings.Variable(variable) is not { } text ? null
        : int.TryParse(text, out var number) && number >= 0 ? number
        : throw new ArgumentException($"{variable} is '{text}': expected a number, 0 or more");
}
