using Braid.Primitives;

namespace Braid.Tracking;

/// <summary>What the change feed announces after a commit.</summary>
public static class Topics
{
    /// <summary>Any run was made or changed.</summary>
    public const string Runs = "runs";

    /// <summary>A run's own fields, status, parameters, tags, artifacts or models changed.</summary>
    public static string Run(RunId id) => $"run/{id}";

    /// <summary>A queue, or what waits in it, changed.</summary>
    public static string Queue(QueueId id) => $"queue/{id}";

    /// <summary>A run waits in a queue of which the runs are placed, or has another status than when it did.</summary>
    public const string PlacedQueues = "placed-queues";

    /// <summary>A worker came, went or reported.</summary>
    public const string Workers = "workers";

    /// <summary>A version of a data set is complete.</summary>
    public const string Datasets = "datasets";

    /// <summary>Log lines were appended to a run.</summary>
    public static string RunLog(RunId id) => $"run/{id}/log";

    /// <summary>Points or plots were appended to a run.</summary>
    public static string RunSeries(RunId id) => $"run/{id}/series";
}
