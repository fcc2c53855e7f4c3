using Braid.Access.Callers;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Data.Repositories;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Projects;

/// <summary>Namespaces of repos.</summary>
public sealed class DataProjects
{
    private const string select = "SELECT name, description, created_at, created_by, annotations FROM data_project";

    private readonly Database database;
    private readonly DataTransactions transactions;
    private readonly Repos repos;

    internal DataProjects(Database database, DataTransactions transactions, Repos repos)
    {
        this.database = database;
        this.transactions = transactions;
        this.repos = repos;
    }

    /// <summary>Makes a project, or, with <paramref name="update"/>, changes the description of one that there is.</summary>
    public async Task<Result<Unit>> CreateAsync(
        Caller caller,
        string name,
        string description,
        bool update,
        CancellationToken ct
    ) =>
        caller.MayWriteData($"project {name}") is { } refused
            ? refused
            : await transactions.RunAsync(
                caller,
                new(update ? "project.change" : "project.create", name),
                tx => CreateAsync(tx, name, description, update),
                ct
            );

    /// <inheritdoc cref="CreateAsync(Caller, string, string, bool, CancellationToken)"/>
    public async Task<Result<Unit>> CreateAsync(
        DataTransaction transaction,
        string name,
        string description,
        bool update
    )
    {
        if (NameRules.CheckProject(name) is { } bad)
        {
            return bad;
        }

        var isThere = await FindAsync(transaction.Db, name) is not null;
        if (isThere != update)
        {
            return isThere ? Errors.ProjectExists(name) : Errors.ProjectNotFound(name);
        }

        if (update)
        {
            return await DescribeAsync(transaction.Db, name, description);
        }

        await transaction.Db.ExecuteAsync(
            """
            INSERT INTO data_project (name, description, created_at, created_by)
            VALUES (@name, @description, @Now, @Author)
            """,
            new
            {
                name,
                description,
                transaction.Now,
                transaction.Author,
            }
        );
        return Unit.Value;
    }

    public async Task<Result<DataProject>> InspectAsync(Caller caller, string name, CancellationToken ct) =>
        await database.ReadAsync(db => FindAsync(db, name), ct) is { } project ? project : Errors.ProjectNotFound(name);

    /// <summary>All projects, by name.</summary>
    public async Task<Result<IReadOnlyList<DataProject>>> ListAsync(Caller caller, CancellationToken ct) =>
        Result.Ok<IReadOnlyList<DataProject>>([
            .. (await database.ReadAsync(db => db.QueryAsync<ProjectRow>($"{select} ORDER BY name"), ct)).Select(row =>
                row.Complete()
            ),
        ]);

    /// <summary>Removes a project; with repos only by <paramref name="force"/>, which removes them too.</summary>
    public async Task<Result<Unit>> DeleteAsync(Caller caller, string name, bool force, CancellationToken ct) =>
        caller.MayWriteData($"project {name}") is { } refused
            ? refused
            : await transactions.RunAsync(caller, new("project.delete", name), tx => DeleteAsync(tx, name, force), ct);

    internal static async Task<DataProject?> FindAsync(DbRead db, string name) =>
        (await db.FirstOrDefaultAsync<ProjectRow>($"{select} WHERE name = @name", new { name }))?.Complete();

    private async Task<Result<Unit>> DeleteAsync(DataTransaction tx, string name, bool force)
    {
        if (await FindAsync(tx.Db, name) is null)
        {
            return Errors.ProjectNotFound(name);
        }

        foreach (var repo in await RepoTable.ListAsync(tx.Db, "", name))
        {
            if (!force)
            {
                return Errors.ProjectHasRepos(name, repo.FullName);
            }

            if ((await repos.DeleteAsync(tx, repo.FullName, force: true)).Error is { } error)
            {
                return error;
            }
        }

        await tx.Db.ExecuteAsync("DELETE FROM data_project WHERE name = @name", new { name });
        return Unit.Value;
    }

    private static async Task<Result<Unit>> DescribeAsync(DbWrite db, string name, string description)
    {
        await db.ExecuteAsync(
            "UPDATE data_project SET description = @description WHERE name = @name",
            new { name, description }
        );
        return Unit.Value;
    }
}
