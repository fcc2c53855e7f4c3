using Braid.Access.Callers;
using Braid.Data.Annotations;
using Braid.Data.Branching;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Data.Overlaps;
using Braid.Data.Projects;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Repositories;

/// <summary>Making, showing and removing repos.</summary>
public sealed class Repos
{
    private const string reserved = "__filesets__";
    private const string sizedBranch = "master";
    private const int mostAtOnce = 500;

    private readonly Database database;
    private readonly DataTransactions transactions;

    internal Repos(Database database, DataTransactions transactions)
    {
        this.database = database;
        this.transactions = transactions;
    }

    /// <summary>Makes a repo; with <paramref name="update"/>, changes the description of one that may exist.</summary>
    public async Task<Result<Unit>> CreateAsync(
        Caller caller,
        RepoName repo,
        string description,
        bool update,
        CancellationToken ct
    ) =>
        caller.MayWriteData($"repo {repo}") is { } refused
            ? refused
            : await transactions.RunAsync(caller.Name, tx => CreateAsync(tx, repo, description, update), ct);

    /// <inheritdoc cref="CreateAsync(Caller, RepoName, string, bool, CancellationToken)"/>
    public async Task<Result<Unit>> CreateAsync(
        DataTransaction transaction,
        RepoName repo,
        string description,
        bool update
    )
    {
        var db = transaction.Db;
        if ((repo.Check() ?? (repo.Name == reserved ? Errors.RepoReserved(repo) : null)) is { } bad)
        {
            return bad;
        }

        if (await DataProjects.FindAsync(db, repo.Project) is null)
        {
            return Errors.ProjectNotFound(repo.Project);
        }

        if (await RepoTable.FindAsync(db, repo) is not { } row)
        {
            await RepoTable.InsertAsync(db, repo, description, transaction.Now);
        }
        else if (update)
        {
            await RepoTable.DescribeAsync(db, row.Id, description);
        }
        else
        {
            return Errors.RepoExists(repo);
        }

        db.Announce(Topics.Repo(repo));
        return Unit.Value;
    }

    public async Task<Result<Repo>> InspectAsync(Caller caller, RepoName repo, CancellationToken ct)
    {
        if (caller.MayReadData($"{repo}") is { } refused)
        {
            return refused;
        }

        return await database.ReadAsync<Result<Repo>>(
            async db =>
                await RepoTable.FindAsync(db, repo) is { } row ? await LoadAsync(db, row) : Errors.RepoNotFound(repo),
            ct
        );
    }

    /// <summary>How many repos of type <c>user</c> projects have, and their size; of every project when none is named.</summary>
    public async Task<Result<IReadOnlyList<RepoSummary>>> SummariseAsync(
        Caller caller,
        IReadOnlyList<string> projects,
        CancellationToken ct
    )
    {
        var all = await database.ReadAsync(RepoTable.SummariseAsync, ct);
        var byName = all.ToDictionary(one => one.Project);
        if (projects.FirstOrDefault(name => !byName.ContainsKey(name)) is { } missing)
        {
            return Errors.ProjectNotFound(missing);
        }

        IEnumerable<RepoSummary> wanted = projects.Count == 0 ? all : projects.Distinct().Select(name => byName[name]);
        return Result.Ok<IReadOnlyList<RepoSummary>>([
            .. wanted.Where(one => caller.MayReadData($"project {one.Project}") is null),
        ]);
    }

    /// <summary>Repos that the caller may read, newest first.</summary>
    /// <param name="type">Only of this type; empty: of every type.</param>
    /// <param name="projects">Only of these projects; empty: of every project.</param>
    public Task<Result<IReadOnlyList<Repo>>> ListAsync(
        Caller caller,
        string type,
        IReadOnlyList<string> projects,
        CancellationToken ct
    ) => ListAsync(caller, type, projects, page: null, ct);

    /// <summary>As above; a page of them, by project and name, when <paramref name="page"/> is given.</summary>
    public async Task<Result<IReadOnlyList<Repo>>> ListAsync(
        Caller caller,
        string type,
        IReadOnlyList<string> projects,
        RepoPage? page,
        CancellationToken ct
    ) =>
        await database.ReadAsync<Result<IReadOnlyList<Repo>>>(
            async db =>
            {
                var rows = (await RepoTable.ListAsync(db, type, projects is [var only] ? only : null)).Where(row =>
                    (projects.Count == 0 || projects.Contains(row.Project, StringComparer.Ordinal))
                    && caller.MayReadData($"{row.FullName}") is null
                );
                return Result.Ok(await LoadAsync(db, [.. page is null ? rows : page.Of(rows)]));
            },
            ct
        );

    /// <summary>When the newest commit of each repo of a type was made; a repo without commits has none.</summary>
    public async Task<IReadOnlyDictionary<RepoName, DateTimeOffset>> LastCommitsAsync(
        Caller caller,
        string type,
        CancellationToken ct
    ) =>
        (await database.ReadAsync(db => RepoTable.LastCommitsAsync(db, type), ct))
            .Where(row => caller.MayReadData($"{row.FullName}") is null)
            .ToDictionary(row => row.FullName, row => row.StartedAt);

    /// <summary>
    /// Removes a repo with its branches and commits, and the repos of other types that go with a user's. False: there was
    /// none. Refused while branches of other repos depend on it, unless <paramref name="force"/>, and while a pipeline owns it.
    /// </summary>
    public async Task<Result<bool>> DeleteAsync(Caller caller, RepoName repo, bool force, CancellationToken ct) =>
        caller.MayWriteData($"repo {repo}") is { } refused
            ? refused
            : await transactions.RunAsync(
                caller,
                new("repo.delete", $"{repo}"),
                tx => DeleteFamilyAsync(tx, repo, force),
                ct
            );

    /// <summary>As above, of exactly this repo, without asking the listeners: for the domain that owns it.</summary>
    public async Task<Result<bool>> DeleteAsync(DataTransaction transaction, RepoName repo, bool force)
    {
        var db = transaction.Db;
        if (await RepoTable.FindAsync(db, repo) is not { } row)
        {
            return false;
        }

        foreach (var branch in await BranchTable.OfRepoAsync(db, row.Id))
        {
            transaction.Forget(branch.Id);
            var dependent = (await BranchTable.DependentsAsync(db, branch.Id)).FirstOrDefault(d => d.RepoId != row.Id);
            if (dependent is not null && !force)
            {
                return Errors.BranchHasSubvenance(branch.FullName, dependent.FullName);
            }
        }

        foreach (var set in await db.QueryAsync<CommitSetId>("SELECT set_id FROM data_commit WHERE repo_id = @Id", row))
        {
            transaction.AnnounceRemoved(new(repo, set));
        }

        await OverlapTable.ForgetRepoAsync(db, row.Id);
        await RepoTable.DeleteAsync(db, row.Id);
        db.Announce(Topics.Repo(repo));
        return true;
    }

    private async Task<Result<bool>> DeleteFamilyAsync(DataTransaction tx, RepoName repo, bool force)
    {
        foreach (var listener in transactions.Listeners)
        {
            if (await listener.MayDeleteRepoAsync(tx.Db, repo) is { } refused)
            {
                return refused;
            }
        }

        var siblings = repo.Type == RepoName.UserType ? await RepoTable.SiblingsAsync(tx.Db, repo) : [];
        var result = await DeleteAsync(tx, repo, force);
        foreach (var sibling in siblings.Where(row => row.FullName != repo))
        {
            if (!(result = await DeleteAsync(tx, sibling.FullName, force)).IsOk)
            {
                return result;
            }
        }

        return result;
    }

    private static async Task<Repo> LoadAsync(DbRead db, RepoRow row) => (await LoadAsync(db, [row]))[0];

    private static async Task<IReadOnlyList<Repo>> LoadAsync(DbRead db, IReadOnlyList<RepoRow> rows)
    {
        var repos = new List<Repo>(rows.Count);
        foreach (var some in rows.Chunk(mostAtOnce))
        {
            var branches = (await RepoTable.BranchesAsync(db, some)).ToLookup(branch => branch.RepoId);
            repos.AddRange(some.Select(row => Complete(row, [.. branches[row.Id]])));
        }

        return repos;
    }

    private static Repo Complete(RepoRow row, IReadOnlyList<RepoBranchRow> branches) =>
        new()
        {
            Name = row.FullName,
            Description = row.Description,
            Role = row.Role,
            CreatedAt = row.CreatedAt,
            Annotations = AnnotationText.Read(row.Annotations),
            Branches = [.. branches.Select(branch => branch.Name)],
            Size = branches.FirstOrDefault(branch => branch.Name == sizedBranch)?.Size ?? 0,
        };
}
