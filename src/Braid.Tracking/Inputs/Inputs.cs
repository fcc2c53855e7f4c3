using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Inputs;

/// <summary>What runs read: exact commits, and datasets that programs name.</summary>
public sealed class Inputs(Database database, IdSource ids)
{
    private const string columns = "i.run_id, i.name, i.repo, i.branch, i.commit_id";

    /// <summary>Records an input commit of a job's run, in the transaction that makes the job.</summary>
    public Task AddForJobAsync(DbWrite db, RunInput input) =>
        db.ExecuteAsync(
            """
            INSERT INTO run_input (run_id, name, repo, branch, commit_id)
            VALUES (@Run, @Name, @Repo, @Branch, @Commit)
            ON CONFLICT (run_id, name) DO UPDATE SET
              repo = excluded.repo, branch = excluded.branch, commit_id = excluded.commit_id
            """,
            new
            {
                input.Run,
                input.Name,
                input.Repo,
                input.Branch,
                input.Commit,
            }
        );

    /// <summary>The input commits of a run, by name.</summary>
    public Task<Result<IReadOnlyList<RunInput>>> OfRunAsync(Caller caller, RunId run, CancellationToken ct) =>
        database.ReadAsync<Result<IReadOnlyList<RunInput>>>(
            async db =>
            {
                var found = await RunHead.FindAsync(db, caller, run);
                return found.TryGet(out _, out var error) ? (await OfRunAsync(db, run)).ToArray() : error;
            },
            ct
        );

    /// <summary>The input commits of the run that made a model (of that run's parent when the run itself has none).</summary>
    public Task<Result<IReadOnlyList<RunInput>>> OfModelAsync(Caller caller, ModelId model, CancellationToken ct) =>
        database.ReadAsync<Result<IReadOnlyList<RunInput>>>(
            async db =>
            {
                var found = await ModelRows.FindAsync(db, caller, model);
                return found.TryGet(out var row, out var error) ? (await OfMakerAsync(db, row.RunId)).ToArray() : error;
            },
            ct
        );

    /// <summary>The runs that read a commit.</summary>
    public Task<Result<IReadOnlyList<RunId>>> RunsReadingAsync(
        Caller caller,
        string repo,
        string commit,
        CancellationToken ct
    ) =>
        database.ReadAsync<Result<IReadOnlyList<RunId>>>(
            async db =>
            {
                if (caller.MayReadData(repo) is { } refused)
                {
                    return refused;
                }

                var runs = await db.QueryAsync<RunId>(
                    "SELECT DISTINCT run_id FROM run_input WHERE repo = @repo AND commit_id = @commit ORDER BY run_id",
                    new { repo, commit }
                );
                return runs.ToArray();
            },
            ct
        );

    /// <summary>Records datasets as inputs of a run; the same dataset again is recorded once.</summary>
    public Task<Result<Unit>> AddDatasetsAsync(
        Caller caller,
        RunId run,
        IReadOnlyList<DatasetInput> inputs,
        CancellationToken ct
    ) =>
        database.WriteAsync<Unit>(
            async db =>
            {
                var found = await RunHead.FindForChangeAsync(db, caller, run);
                if (!found.TryGet(out var head, out var error))
                {
                    return error;
                }

                foreach (var input in inputs)
                {
                    await Datasets.AddAsync(db, run, head.ProjectId, input, caller.Writer ?? "", ids);
                }

                db.Announce(Topics.Run(run));
                return Unit.Value;
            },
            ct
        );

    /// <summary>The dataset inputs of many runs, by run, in the order of recording.</summary>
    public Task<Result<IReadOnlyList<DatasetInput>>> DatasetsAsync(
        Caller caller,
        IReadOnlyList<RunId> runs,
        CancellationToken ct
    ) =>
        database.ReadAsync<Result<IReadOnlyList<DatasetInput>>>(
            async db =>
                await RunHead.CheckAsync(db, caller, runs) is { } refused
                    ? refused
                    : (await Datasets.OfAsync(db, runs)).ToArray(),
            ct
        );

    /// <summary>The datasets that runs of some projects read, by project, name and digest; each use once.</summary>
    public Task<Result<IReadOnlyList<DatasetUse>>> DatasetsInAsync(
        Caller caller,
        IReadOnlyList<ProjectId> projects,
        CancellationToken ct
    ) =>
        database.ReadAsync<Result<IReadOnlyList<DatasetUse>>>(
            async db =>
                projects.Select(caller.MayUseProject).FirstOrDefault(refused => refused is not null) is { } refused
                    ? refused
                    : (await Datasets.UsesInAsync(db, projects)).ToArray(),
            ct
        );

    private static async Task<IReadOnlyList<RunInput>> OfRunAsync(DbRead db, RunId run)
    {
        var rows = await db.QueryAsync<Row>(
            $"SELECT {columns} FROM run_input i WHERE i.run_id = @run ORDER BY i.name",
            new { run }
        );
        return [.. rows.Select(row => row.ToInput())];
    }

    private static async Task<IReadOnlyList<RunInput>> OfMakerAsync(DbRead db, RunId? maker)
    {
        if (maker is not { } run)
        {
            return [];
        }

        var own = await OfRunAsync(db, run);
        var parent =
            own.Count > 0
                ? null
                : await db.FirstOrDefaultAsync<RunId?>(
                    "SELECT parent_id FROM run WHERE id = @run AND parent_id IS NOT NULL",
                    new { run }
                );
        return parent is { } above ? await OfRunAsync(db, above) : own;
    }

    private sealed record Row
    {
        public RunId RunId { get; init; }
        public string Name { get; init; } = "";
        public string Repo { get; init; } = "";
        public string Branch { get; init; } = "";
        public string CommitId { get; init; } = "";

        public RunInput ToInput() => new(RunId, Name, Repo, Branch, CommitId);
    }
}
