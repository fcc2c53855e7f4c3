using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Workers;

/// <summary>How the samples of an interval become one value.</summary>
public enum Aggregation
{
    Average,
    Min,
    Max,
}

/// <summary>The time that is asked for: [From, To), in intervals.</summary>
public sealed record HistorySpan(DateTimeOffset From, DateTimeOffset To, TimeSpan Interval)
{
    /// <summary>The interval as times are stored.</summary>
    internal long Step => Math.Max(1, (long)Interval.TotalMicroseconds);

    internal DateTimeOffset At(long number) => From.AddMicroseconds(number * Step);
}

/// <summary>One value of a worker's metric, of the interval that begins at <paramref name="At"/>.</summary>
public sealed record HistoryPoint(string Worker, string Metric, string Variant, DateTimeOffset At, double Value);

/// <summary>How many workers there were in an interval, and how many of them ran something.</summary>
public sealed record ActivityPoint(DateTimeOffset At, long Total, long Active);

/// <summary>What the workers' machines were doing. Samples are kept for thirty days.</summary>
public sealed class WorkerHistory(Database database)
{
    private static readonly TimeSpan kept = TimeSpan.FromDays(30);

    /// <summary>The metrics that the workers have reported, with their variants, sorted.</summary>
    /// <param name="workers">Only of these; null for all.</param>
    public Task<Result<IReadOnlyList<(string Metric, string Variant)>>> MetricsAsync(
        Caller caller,
        IReadOnlyList<string>? workers,
        CancellationToken ct
    ) =>
        ReadAsync<IReadOnlyList<(string, string)>>(
            caller,
            async db =>
            {
                var arguments = new SqlArguments();
                var rows = await db.QueryAsync<(string, string)>(
                    $"SELECT DISTINCT metric, variant FROM worker_sample WHERE {Among(arguments, workers)} ORDER BY metric, variant",
                    arguments.Values
                );
                return [.. rows];
            },
            ct
        );

    /// <summary>One value of a metric for each worker, variant and interval, by worker, variant and time.</summary>
    /// <param name="byVariant">False gives each worker one series, of all variants together.</param>
    public Task<Result<IReadOnlyList<HistoryPoint>>> PointsAsync(
        Caller caller,
        IReadOnlyList<string>? workers,
        string metric,
        Aggregation aggregation,
        HistorySpan span,
        bool byVariant,
        CancellationToken ct
    ) =>
        ReadAsync<IReadOnlyList<HistoryPoint>>(
            caller,
            async db =>
            {
                var arguments = new SqlArguments();
                var bucket = Bucket(arguments, span);
                // A store refuses to group by a constant.
                var (variant, groups) = byVariant
                    ? ("variant", $"worker, variant, {bucket}")
                    : ("''", $"worker, {bucket}");
                var rows = await db.QueryAsync<PointRow>(
                    $"""
                    SELECT worker, {variant} AS variant, {bucket} AS number, {Function(aggregation)}(value) AS value
                    FROM worker_sample
                    WHERE {Among(arguments, workers)} AND {Within(arguments, span)} AND metric = {arguments.Bind(
                        metric
                    )}
                    GROUP BY {groups} ORDER BY {groups}
                    """,
                    arguments.Values
                );
                return
                [
                    .. rows.Select(row => new HistoryPoint(
                        row.Worker,
                        metric,
                        row.Variant,
                        span.At(row.Number),
                        row.Value
                    )),
                ];
            },
            ct
        );

    /// <summary>How many workers there were, by interval.</summary>
    public Task<Result<IReadOnlyList<ActivityPoint>>> ActivityAsync(
        Caller caller,
        HistorySpan span,
        CancellationToken ct
    ) =>
        ReadAsync<IReadOnlyList<ActivityPoint>>(
            caller,
            async db =>
            {
                var arguments = new SqlArguments();
                var bucket = Bucket(arguments, span);
                var rows = await db.QueryAsync<ActivityRow>(
                    $"""
                    SELECT {bucket} AS number, COUNT(DISTINCT worker) AS total,
                      COUNT(DISTINCT CASE WHEN run_id IS NULL THEN NULL ELSE worker END) AS active
                    FROM worker_sample WHERE {Within(arguments, span)} GROUP BY {bucket} ORDER BY {bucket}
                    """,
                    arguments.Values
                );
                return [.. rows.Select(row => new ActivityPoint(span.At(row.Number), row.Total, row.Active))];
            },
            ct
        );

    internal static async Task AddAsync(DbWrite db, WorkerReport said, DateTimeOffset now)
    {
        if (said.Samples.Count == 0)
        {
            return;
        }

        await db.ExecuteAsync(
            "DELETE FROM worker_sample WHERE worker = @Name AND at < @old",
            new { said.Name, old = (now - kept).ToStored() }
        );
        await db.ExecuteAsync(
            """
            INSERT INTO worker_sample (worker, at, run_id, metric, variant, value)
            VALUES (@Name, @at, @run, @Metric, @Variant, @Value)
            """,
            said.Samples.Select(sample => new
            {
                said.Name,
                at = now.ToStored(),
                run = said.Run?.ToString(),
                sample.Metric,
                sample.Variant,
                sample.Value,
            })
        );
    }

    private static string Among(SqlArguments arguments, IReadOnlyList<string>? workers) =>
        workers switch
        {
            null => "TRUE",
            [] => "FALSE",
            _ => $"worker IN {arguments.List(workers)}",
        };

    private static string Within(SqlArguments arguments, HistorySpan span) =>
        $"at >= {arguments.Bind(span.From.ToStored())} AND at < {arguments.Bind(span.To.ToStored())}";

    private static string Bucket(SqlArguments arguments, HistorySpan span) =>
        $"((at - {arguments.Bind(span.From.ToStored())}) / {arguments.Bind(span.Step)})";

    private static string Function(Aggregation aggregation) =>
        aggregation switch
        {
            Aggregation.Min => "MIN",
            Aggregation.Max => "MAX",
            _ => "AVG",
        };

    private Task<Result<T>> ReadAsync<T>(Caller caller, Func<DbRead, Task<T>> read, CancellationToken ct) =>
        caller.MayUseQueues() is { } refused
            ? Task.FromResult<Result<T>>(refused)
            : database.ReadAsync(async db => (Result<T>)await read(db), ct);

    private sealed record PointRow
    {
        public string Worker { get; init; } = "";
        public string Variant { get; init; } = "";
        public long Number { get; init; }
        public double Value { get; init; }
    }

    private sealed record ActivityRow
    {
        public long Number { get; init; }
        public long Total { get; init; }
        public long Active { get; init; }
    }
}
