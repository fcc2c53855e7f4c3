using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Secrets;
using Braid.Pipelines.Workers;
using Braid.Primitives;

namespace Braid.Pipelines.Health;

/// <summary>What is wrong with a pipeline, each in a sentence that says what to do.</summary>
public sealed record PipelineAlerts(PipelineRef Pipeline, IReadOnlyList<string> Alerts);

/// <summary>How many pipelines of a project are in which condition; one may be counted twice.</summary>
/// <param name="Active">Neither stopped nor failed.</param>
/// <param name="Failed">Those that run no more until they are updated.</param>
/// <param name="Unhealthy">Those whose workers cannot start, or whose newest job ended badly.</param>
public sealed record PipelineCounts(string Project, int Active, int Paused, int Failed, int Unhealthy);

/// <summary>Whether pipelines are well.</summary>
public sealed class PipelineHealth
{
    private readonly Database database;
    private readonly SecretCatalog secrets;
    private readonly WorkerTroubles troubles;
    private readonly TimeProvider clock;

    internal PipelineHealth(Database database, SecretCatalog secrets, WorkerTroubles troubles, TimeProvider clock)
    {
        this.database = database;
        this.secrets = secrets;
        this.troubles = troubles;
        this.clock = clock;
    }

    /// <summary>Every pipeline of a project (null: of every project) for which there is an alert.</summary>
    public async Task<IReadOnlyList<PipelineAlerts>> CheckAsync(Caller caller, string? project, CancellationToken ct) =>
        await database.ReadAsync(
            async db =>
            {
                var found = new List<PipelineAlerts>();
                foreach (var row in await RowsAsync(db, caller, project is null ? [] : [project]))
                {
                    if (await AlertsAsync(db, row) is { Count: > 0 } alerts)
                    {
                        found.Add(new(row.Pipeline, alerts));
                    }
                }

                return found;
            },
            ct
        );

    /// <param name="projects">Empty: every project that has pipelines.</param>
    public async Task<IReadOnlyList<PipelineCounts>> CountAsync(
        Caller caller,
        IReadOnlyList<string> projects,
        CancellationToken ct
    )
    {
        var rows = await database.ReadAsync(db => RowsAsync(db, caller, projects), ct);
        var byProject = rows.ToLookup(row => row.Project, row => row.ToVersion(troubles), StringComparer.Ordinal);
        return
        [
            .. (projects is [] ? byProject.Select(group => group.Key) : projects).Select(p => Count(p, byProject[p])),
        ];
    }

    private static PipelineCounts Count(string project, IEnumerable<PipelineVersion> pipelines)
    {
        var all = pipelines.ToList();
        return new(
            project,
            all.Count(pipeline => !pipeline.Stopped),
            all.Count(pipeline => pipeline.Stopped),
            0,
            all.Count(pipeline => pipeline.State == PipelineState.Crashing || EndedBadly(pipeline.LastJobState))
        );
    }

    private static bool EndedBadly(JobState? state) => state is JobState.Failure or JobState.Unrunnable;

    private static async Task<List<PipelineRow>> RowsAsync(DbRead db, Caller caller, IReadOnlyList<string> projects) =>
        [
            .. (await PipelineRows.AllAsync(db))
                .Where(row => projects.Count == 0 || projects.Contains(row.Project, StringComparer.Ordinal))
                .Where(row => caller.MayReadData($"{row.Pipeline}") is null),
        ];

    private async Task<List<string>> AlertsAsync(DbRead db, PipelineRow row)
    {
        var version = row.ToVersion(troubles);
        var alerts = new List<string>();
        if (version.State == PipelineState.Crashing)
        {
            alerts.Add($"workers cannot start: {version.Reason}");
        }

        if (await secrets.CheckAsync(db, version.Spec) is { } missing && version.Reason != missing.Message)
        {
            alerts.Add(missing.Message);
        }

        if (version.Spec.MaximumExpectedUptime is { } longest)
        {
            var late = (await JobRows.UnfinishedAsync(db, row.Pipeline)).Where(job =>
                clock.GetUtcNow() - job.StartedAt > longest
            );
            alerts.AddRange(
                late.Select(job =>
                    $"job {job.SetId} has been running since {job.StartedAt:u}, longer than the {longest} that were expected"
                )
            );
        }

        return alerts;
    }
}
