using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.TrainingJobs;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;
using Braid.Workloads.Kinds;
using Braid.Workloads.Shares;

namespace Braid.Workloads.Submission;

/// <summary>A distributed job that was submitted, and what its author should know.</summary>
public sealed record SubmittedJob(Workload Workload, TrainingJob Job, IReadOnlyList<string> Warnings);

/// <summary>Kubeflow's jobs as manifests: submitted as workloads, shown as the objects that a cluster would show.</summary>
public sealed class JobCatalog
{
    private const int mostListed = 1000;

    private readonly Database database;
    private readonly WorkloadCatalog workloads;

    internal JobCatalog(Database database, WorkloadCatalog workloads)
    {
        this.database = database;
        this.workloads = workloads;
    }

    /// <summary>Submits every job of a text of YAML or JSON documents. All are read and checked before the first is submitted.</summary>
    /// <param name="share">Where they go that name no queue; null for <see cref="Shares.Default"/>.</param>
    public async Task<Result<IReadOnlyList<SubmittedJob>>> SubmitAsync(
        Caller caller,
        string manifests,
        string? share,
        CancellationToken ct
    )
    {
        var admitted = ManifestReader.Read(manifests).Then(AdmitAll);
        if (!admitted.TryGet(out var jobs, out var refused))
        {
            return refused;
        }

        var submitted = new List<SubmittedJob>();
        foreach (var (job, warnings) in jobs)
        {
            var made = await workloads.SubmitAsync(caller, WorkOf(job, share), ct);
            if (!made.TryGet(out var workload, out refused))
            {
                return refused;
            }

            submitted.Add(new(workload, job, warnings));
        }

        return submitted;
    }

    /// <summary>Jobs as Kubernetes objects with their status, newest first; without those that cannot be read, unless one of a name is asked for.</summary>
    /// <param name="kind">Only these; null for all.</param>
    /// <param name="share">Only this share's; null for all.</param>
    /// <param name="name">Only the newest one of this name; null for all.</param>
    public async Task<Result<IReadOnlyList<TrainingJob>>> ListAsync(
        Caller caller,
        JobKind? kind,
        string? share,
        string? name,
        CancellationToken ct
    )
    {
        if (caller.MayUseQueues() is { } refused)
        {
            return refused;
        }

        var rows = await database.ReadAsync(db => FindAsync(db, share, name), ct);
        var read = rows.Select(ObjectOf).ToList();
        if (name is not null && read is [{ Error: { } unreadable }, ..])
        {
            return unreadable;
        }

        var jobs = read.Where(job => job.IsOk).Select(job => job.Value).Where(job => kind is null || job.Kind == kind);
        return Result.Ok<IReadOnlyList<TrainingJob>>(name is null ? [.. jobs] : [.. jobs.Take(1)]);
    }

    private static Task<IReadOnlyList<WorkloadRow>> FindAsync(DbRead db, string? share, string? name) =>
        db.QueryAsync<WorkloadRow>(
            $"""
            SELECT {WorkloadRow.Columns} FROM workload w
            WHERE w.kind = @kind AND (CAST(@share AS TEXT) IS NULL OR w.share = @share)
              AND (CAST(@name AS TEXT) IS NULL OR w.name = @name)
            ORDER BY w.created DESC, w.id LIMIT {mostListed}
            """,
            new
            {
                kind = $"{WorkloadKind.TrainingJob}",
                share,
                name,
            }
        );

    private static Result<TrainingJob> ObjectOf(WorkloadRow row)
    {
        var (spec, fault) = row.ShowSpec();
        return spec.Manifest is null
            ? Errors.BadWorkload(row.Name, fault ?? "it has no manifest")
            : ManifestReader.Read(spec.Manifest).Select(read => ObjectOf(row, read[0].Job));
    }

    private static TrainingJob ObjectOf(WorkloadRow row, TrainingJob job) =>
        job with
        {
            Metadata = job.Metadata with { Uid = $"{row.Id}", CreationTimestamp = row.Created },
            Status = JobMemory.Unpack(row.Status).Status,
        };

    private static Result<IReadOnlyList<AdmittedJob>> AdmitAll(IReadOnlyList<ReadManifest> manifests)
    {
        var all = new List<AdmittedJob>();
        foreach (var manifest in manifests)
        {
            if (!Admission.Create(manifest.Job).TryGet(out var admitted, out var refused))
            {
                return refused;
            }

            all.Add(admitted with { Warnings = [.. manifest.Warnings, .. admitted.Warnings] });
        }

        return all;
    }

    private static NewWorkload WorkOf(TrainingJob job, string? share) =>
        new(
            job.Name,
            Gang.Of(job).Queue ?? share ?? Shares.Shares.Default,
            new() { Kind = WorkloadKind.TrainingJob, Manifest = ManifestWriter.ToJsonText(job) }
        )
        {
            IsSuspended = job.Spec.RunPolicy.Suspend is true,
        };
}
