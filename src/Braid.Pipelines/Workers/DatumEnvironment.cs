namespace Braid.Pipelines.Workers;

/// <summary>The environment of a user's program: what Pachyderm's workers set, as far as it applies, then the doors', then the user's own.</summary>
internal static class DatumEnvironment
{
    public static IReadOnlyDictionary<string, string> Of(DatumLease lease, DoorEndpoints doors)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        IEnumerable<KeyValuePair<string, string>> all =
        [
            .. OfWorker(lease),
            .. doors.Variables(lease.Keys),
            .. lease.Spec.Transform.Env,
            .. OfDatum(lease),
        ];
        foreach (var (name, value) in all)
        {
            environment[name] = value;
        }

        return environment;
    }

    private static IEnumerable<KeyValuePair<string, string>> OfWorker(DatumLease lease) =>
        [
            new("PACH_IN_WORKER", "true"),
            new("PPS_PIPELINE_NAME", lease.Job.Pipeline),
            new("PPS_PROJECT_NAME", lease.Job.Project),
            new("PPS_SPEC_COMMIT", $"{lease.Job.SpecCommit}"),
            new("PPS_POD_NAME", lease.Worker),
        ];

    private static IEnumerable<KeyValuePair<string, string>> OfDatum(DatumLease lease)
    {
        foreach (var match in lease.Inputs)
        {
            var name = lease.Leaves[match.Leaf].Name;
            yield return new(name, match.Path == "/" ? $"/pfs/{name}" : $"/pfs/{name}{match.Path}");
            yield return new($"{name}_COMMIT", $"{lease.Reads[match.Leaf].Commit.Id}");
        }

        yield return new("PACH_DATUM_ID", $"{lease.Datum.Id}");
        yield return new("PACH_JOB_ID", $"{lease.Job.SetId}");
        yield return new("PACH_OUTPUT_COMMIT_ID", $"{lease.Job.SetId}");
    }
}
