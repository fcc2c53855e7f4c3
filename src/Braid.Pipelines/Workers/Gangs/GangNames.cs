namespace Braid.Pipelines.Workers.Gangs;

/// <summary>What a datum's distributed job is called; its replicas' names, which begin with it, are host names.</summary>
internal static class GangNames
{
    private const int digits = 8;

    /// <summary>The pipeline's name and the beginning of the job's id; of a job of several datums also that of the datum's.</summary>
    public static string Of(DatumLease lease)
    {
        var name = $"{lease.Job.Ref.Label}-{$"{lease.Job.RunId}"[..digits]}";
        return lease.Job.Total > 1 ? $"{name}-{$"{lease.Datum.Id}"[..digits]}" : name;
    }
}
