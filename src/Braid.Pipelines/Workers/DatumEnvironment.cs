using Braid.Access.Credentials;

namespace Braid.Pipelines.Workers;

/// <summary>
/// The environment of a user's program. What stays the same for a worker and a job: what Pachyderm's workers set, as far as it
/// applies, then the doors', then the user's own, then secrets. What each datum brings: its credentials, unless the user set such a
/// variable, and its inputs.
/// </summary>
internal static class DatumEnvironment
{
    private const string loopback = "127.0.0.1";

    /// <param name="port">Of the worker's own door; null: it has none.</param>
    /// <param name="buckets">The port of the workers' S3 endpoint; null: the job does not use it.</param>
    /// <param name="services">Where services of pipelines are.</param>
    /// <param name="keys">Of a program that stays alive; null: each datum's program has its own.</param>
    public static IReadOnlyDictionary<string, string> OfSession(
        DatumLease lease,
        DoorEndpoints doors,
        int? port,
        int? buckets,
        IEnumerable<KeyValuePair<string, string>> services,
        KeyPair? keys,
        IReadOnlyDictionary<string, string> secrets
    ) =>
        Together([
            .. OfWorker(lease.Job.Project, lease.Job.Pipeline, $"{lease.Job.SpecCommit}", lease.Worker),
            .. OfDoor(port),
            .. OfBuckets(buckets),
            .. services,
            .. doors.Variables(),
            ClearMLConfig.Variable,
            .. keys is null ? [] : DoorEndpoints.Variables(keys),
            .. lease.Spec.Transform.Env,
            .. secrets,
        ]);

    public static Dictionary<string, string> OfDatum(DatumLease lease)
    {
        var transform = lease.Spec.Transform;
        var own = transform.Env.Keys.Concat(transform.Secrets.Select(secret => secret.EnvVar)).ToHashSet();
        return Together([
            .. DoorEndpoints.Variables(lease.Keys).Concat(OfBucketKeys(lease)).Where(key => !own.Contains(key.Key)),
            .. OfWork(lease),
        ]);
    }

    /// <summary>What each replica of a datum's distributed job is told; its agent adds where the doors are, and its credentials.</summary>
    public static IReadOnlyDictionary<string, string> OfReplica(
        DatumLease lease,
        IEnumerable<KeyValuePair<string, string>> services
    )
    {
        var variables = Together([
            .. OfWorker(lease.Job.Project, lease.Job.Pipeline, $"{lease.Job.SpecCommit}", lease.Worker),
            .. services,
            .. OfWork(lease),
        ]);
        // It is a host of its own, whose name its peers know.
        variables.Remove("HOSTNAME");
        return variables;
    }

    /// <summary>What a program that stays alive is started with, beside its session's: its credentials are not the first datum's.</summary>
    public static Dictionary<string, string> OfFirst(DatumLease lease) => Together(OfWork(lease));

    /// <summary>The datum's variables as a file that a shell or dotenv reads, which programs that stay alive load anew.</summary>
    public static string FileOf(IReadOnlyDictionary<string, string> variables) =>
        string.Concat(variables.Select(variable => $"{variable.Key}={Quote(variable.Value)}\n"));

    /// <summary>What Pachyderm's workers set for any program of a pipeline.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OfWorker(
        string project,
        string pipeline,
        string specCommit,
        string worker
    ) =>
        [
            new("PACH_IN_WORKER", "true"),
            new("PPS_PIPELINE_NAME", pipeline),
            new("PPS_PROJECT_NAME", project),
            new("PPS_SPEC_COMMIT", specCommit),
            new("PPS_POD_NAME", worker),
            new("PPS_WORKER_IP", loopback),
            new("PACH_NAMESPACE", "default"),
            new("PACH_ROOT", "/pach"),
            new("STORAGE_BACKEND", "LOCAL"),
            new("HOSTNAME", worker),
        ];

    private static IEnumerable<KeyValuePair<string, string>> OfDoor(int? port) =>
        port is null ? [] : [new("PPS_WORKER_GRPC_PORT", $"{port}")];

    private static IEnumerable<KeyValuePair<string, string>> OfBuckets(int? port) =>
        port is null ? [] : [new("S3_ENDPOINT", $"http://{loopback}:{port}"), new("S3GATEWAY_PORT", $"{port}")];

    private static IEnumerable<KeyValuePair<string, string>> OfBucketKeys(DatumLease lease) =>
        lease.UsesBuckets
            ? [new("AWS_ACCESS_KEY_ID", lease.Keys.AccessKey), new("AWS_SECRET_ACCESS_KEY", lease.Keys.SecretKey)]
            : [];

    private static IEnumerable<KeyValuePair<string, string>> OfWork(DatumLease lease) =>
        [
            .. lease.Read.Variables(),
            new("PACH_DATUM_ID", $"{lease.Datum.Id}"),
            new("PACH_JOB_ID", $"{lease.Job.SetId}"),
            new("PACH_OUTPUT_COMMIT_ID", $"{lease.Job.SetId}"),
        ];

    private static Dictionary<string, string> Together(IEnumerable<KeyValuePair<string, string>> variables)
    {
        var together = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in variables)
        {
            together[name] = value;
        }

        return together;
    }

    // Both a shell and dotenv take single quotes literally; what has one itself is escaped as both read double quotes.
    private static string Quote(string value) =>
        value.Contains('\'')
            ? $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : $"'{value}'";
}
