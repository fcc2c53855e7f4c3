using System.Runtime.CompilerServices;
using Braid.Cli.CommandLine;
using Braid.Cli.MLflowImports.Sources;

namespace Braid.Cli.MLflowImports.Databases;

/// <summary>
/// A SQLite file of MLflow's, from version 2.0 on: what a version's schema does not have, it has none of. Lists of ids are read first and
/// the rest for each of them, so that a server which still writes to the file is held up for moments only.
/// </summary>
internal sealed class DatabaseSource : MLflowSource
{
    private readonly SqliteFile file;
    private readonly ArtifactFolders artifacts;
    private readonly DatabaseParts parts;
    private readonly DatabaseRegistry registry;

    private DatabaseSource(SqliteFile file, ArtifactFolders artifacts)
    {
        this.file = file;
        this.artifacts = artifacts;
        parts = new(file);
        registry = new(file, parts);
    }

    /// <exception cref="Failure">It is no database of MLflow's.</exception>
    public static DatabaseSource OpenFile(string path, string? artifacts)
    {
        var file = SqliteFile.Open(path);
        try
        {
            foreach (var table in new[] { "experiments", "runs", "metrics", "params", "tags" })
            {
                if (file.Columns(table).Count == 0)
                {
                    throw new Failure($"{path} is no database of MLflow's: it has no table {table}");
                }
            }

            var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/", "mlartifacts");
            return new(file, new(artifacts ?? beside, isGiven: artifacts is not null));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override async IAsyncEnumerable<SourceExperiment> ExperimentsAsync(
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await Task.CompletedTask;
        var found = new List<SourceExperiment>();
        using (
            var rows = file.Query(
                "SELECT experiment_id, name, artifact_location, lifecycle_stage FROM experiments ORDER BY experiment_id"
            )
        )
        {
            while (rows.Next())
            {
                found.Add(
                    new(rows.Text(0), rows.Text(1)) { Location = rows.Text(2), IsDeleted = rows.Text(3) == "deleted" }
                );
            }
        }

        foreach (var experiment in found)
        {
            ct.ThrowIfCancellationRequested();
            yield return experiment with
            {
                Tags = parts.Pairs("SELECT key, value FROM experiment_tags WHERE experiment_id = ?1", experiment.Id),
            };
        }
    }

    public override async IAsyncEnumerable<SourceRun> RunsAsync(
        SourceExperiment experiment,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await Task.CompletedTask;
        foreach (
            var id in parts.Texts(
                "SELECT run_uuid FROM runs WHERE experiment_id = ?1 ORDER BY start_time, run_uuid",
                experiment.Id
            )
        )
        {
            ct.ThrowIfCancellationRequested();
            if (parts.Run(id) is { } run)
            {
                yield return run;
            }
        }
    }

    public override async IAsyncEnumerable<SourcePoint> PointsAsync(
        SourceExperiment experiment,
        SourceRun run,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await Task.CompletedTask;
        using var rows = file.Query(
            """
            SELECT key, timestamp, step, value, is_nan FROM metrics WHERE run_uuid = ?1
            ORDER BY key, timestamp, step, value
            """,
            run.Id
        );
        while (rows.Next())
        {
            var value = rows.Integer(4) != 0 ? double.NaN : MetricValues.Clamped(rows.Number(3));
            yield return new(rows.RepeatedText(0), rows.Integer(1), rows.Integer(2), value);
        }
    }

    public override async IAsyncEnumerable<SourceModel> ModelsAsync(
        SourceExperiment experiment,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await Task.CompletedTask;
        foreach (var model in registry.Models(experiment.Id))
        {
            ct.ThrowIfCancellationRequested();
            yield return model;
        }
    }

    public override async IAsyncEnumerable<SourceName> NamesAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var name in registry.Names())
        {
            ct.ThrowIfCancellationRequested();
            yield return name;
        }
    }

    public override IAsyncEnumerable<SourceFile> FilesAsync(
        SourceExperiment experiment,
        SourceRun run,
        CancellationToken ct
    ) => artifacts.FilesAsync(run.ArtifactUri, run.Id);

    public override IAsyncEnumerable<SourceFile> FilesAsync(
        SourceExperiment experiment,
        SourceModel model,
        CancellationToken ct
    ) => artifacts.FilesAsync(model.ArtifactUri, model.Id);

    public override bool Reaches(string location) => ArtifactFolders.IsLocal(location);

    public override ValueTask DisposeAsync()
    {
        file.Dispose();
        return base.DisposeAsync();
    }
}
