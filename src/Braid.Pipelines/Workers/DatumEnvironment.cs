namespace Braid.Pipelines.Workers;

/// <summary>
/// The environment of a user's program. What stays the same for a worker and a job: what Pachyderm's workers set, as far as it
/// applies, then the doors', then the user's own. What each datum brings: its credentials, unless the user set such a variable, and
/// its inputs.
/// </summary>
internal static class DatumEnvironment
{
    public static IReadOnlyDictionary<string, string> OfSession(DatumLease lease, DoorEndpoints doors) =>
        Together([.. OfWorker(lease), .. doors.Variables(), .. lease.Spec.Transform.Env]);

    public static IReadOnlyDictionary<string, string> OfDatum(DatumLease lease) =>
        Together([
            .. DoorEndpoints.Variables(lease.Keys).Where(key => !lease.Spec.Transform.Env.ContainsKey(key.Key)),
            .. OfInputs(lease),
            new("PACH_DATUM_ID", $"{lease.Datum.Id}"),
            new("PACH_JOB_ID", $"{lease.Job.SetId}"),
            new("PACH_OUTPUT_COMMIT_ID", $"{lease.Job.SetId}"),
        ]);

    private static IEnumerable<KeyValuePair<string, string>> OfWorker(DatumLease lease) =>
        [
            new("PACH_IN_WORKER", "true"),
            new("PPS_PIPELINE_NAME", lease.Job.Pipeline),
            new("PPS_PROJECT_NAME", lease.Job.Project),
            new("PPS_SPEC_COMMIT", $"{lease.Job.SpecCommit}"),
            new("PPS_POD_NAME", lease.Worker),
        ];

    private static IEnumerable<KeyValuePair<string, string>> OfInputs(DatumLease lease)
    {
        foreach (var match in lease.Inputs)
        {
            var name = lease.Leaves[match.Leaf].Name;
            yield return new(name, match.Path == "/" ? $"/pfs/{name}" : $"/pfs/{name}{match.Path}");
            yield return new($"{name}_COMMIT", $"{lease.Reads[match.Leaf].Commit.Id}");
            if (match.JoinOn.Length > 0)
            {
                yield return new($"PACH_DATUM_{name}_JOIN_ON", match.JoinOn);
            }

            if (match.GroupBy.Length > 0)
            {
                yield return new($"PACH_DATUM_{name}_GROUP_BY", match.GroupBy);
            }
        }
    }

    private static Dictionary<string, string> Together(IEnumerable<KeyValuePair<string, string>> variables)
    {
        var together = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in variables)
        {
            together[name] = value;
        }

        return together;
    }
}
