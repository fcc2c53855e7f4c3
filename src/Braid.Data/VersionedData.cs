using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Data.Annotations;
using Braid.Data.Branching;
using Braid.Data.Content;
using Braid.Data.History;
using Braid.Data.Integrity;
using Braid.Data.Naming;
using Braid.Data.Pending;
using Braid.Data.Projects;
using Braid.Data.Propagation;
using Braid.Data.Repositories;
using Braid.Data.Sets;
using Braid.Data.Uploads;
using Braid.Data.Walking;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage;

namespace Braid.Data;

/// <summary>The areas of versioned data, composed over one database and one content store.</summary>
public sealed class VersionedData
{
    private readonly Database database;
    private readonly ContentStore content;
    private readonly TimeProvider clock;
    private readonly IdSource ids;

    public VersionedData(Database database, ContentStore content, TimeProvider clock, IdSource ids)
        : this(database, content, clock, ids, new(database, clock, ids)) { }

    private VersionedData(
        Database database,
        ContentStore content,
        TimeProvider clock,
        IdSource ids,
        DataTransactions transactions
    )
    {
        (this.database, this.content, this.clock, this.ids) = (database, content, clock, ids);
        Transactions = transactions;
        Pending = new(database, Transactions, clock, ids);
        Repos = new(database, Transactions);
        Projects = new(database, Transactions, Repos);
        Branches = new(database, Transactions);
        CronTriggers = new(database, Transactions, clock);
        Commits = new(database, Transactions);
        CommitSets = new(database, Transactions);
        Lineage = new(database, content);
        Annotations = new(database, Transactions);
        var (reader, publisher) = (new FileReader(database, content, clock), new EditPublisher(database, Transactions));
        Files = new(database, content, reader, publisher);
        FileSets = new(database, content, reader, publisher, clock, ids);
        Overlaps = new(database, content, Transactions, clock);
        Integrity = new(database, content);
        Uploads = new(database, content, Files, clock, ids);
    }

    public DataTransactions Transactions { get; }

    /// <summary>Transactions over several calls.</summary>
    public PendingTransactions Pending { get; }

    public DataProjects Projects { get; }

    public Repos Repos { get; }

    public Branches Branches { get; }

    public CronTriggers CronTriggers { get; }

    public Commits Commits { get; }

    public CommitSets CommitSets { get; }

    public Lineage Lineage { get; }

    public DataAnnotations Annotations { get; }

    public Files Files { get; }

    public FileSets.FileSets FileSets { get; }

    public PartUploads Uploads { get; }

    public Overlaps.Overlaps Overlaps { get; }

    public DataIntegrity Integrity { get; }

    /// <summary>
    /// The same areas, whose changes become part of a transaction that runs. What is read, and not changed, is what has been
    /// committed.
    /// </summary>
    public VersionedData Within(DataTransaction transaction) =>
        new(database, content, clock, ids, Transactions.Within(transaction));

    /// <summary>Lets a domain take part in every transaction from now on; called while the server is composed.</summary>
    public void Listen(ICommitSetListener listener) => Transactions.Listen(listener);

    /// <summary>Makes the project <c>default</c> when there is none; called at every start.</summary>
    public Task<Result<Unit>> EnsureDefaultProjectAsync(CancellationToken ct) =>
        Transactions.RunAsync("braid", EnsureDefaultProjectAsync, ct);

    /// <summary>Removes every project, repo and commit, and makes the project <c>default</c> anew.</summary>
    public async Task<Result<Unit>> DeleteAllAsync(Caller caller, CancellationToken ct)
    {
        var act = new AuditedAct("data.delete-all", "all");
        return caller.MayAdminister() is { } refused
            ? await database.TellRefusalAsync(caller, act, refused, ct)
            : await Transactions.RunAsync(caller, act, DeleteAllAsync, ct);
    }

    /// <inheritdoc cref="DeleteAllAsync(Caller, CancellationToken)"/>
    public async Task<Result<Unit>> DeleteAllAsync(DataTransaction transaction)
    {
        foreach (var repo in await RepoTable.ListAsync(transaction.Db, "", null))
        {
            await Repos.DeleteAsync(transaction, repo.FullName, force: true);
        }

        await transaction.Db.ExecuteAsync(
            """
            DELETE FROM upload_part; DELETE FROM upload; DELETE FROM file_set; DELETE FROM data_project;
            UPDATE cluster_annotation SET annotations = '{}'
            """
        );
        return await EnsureDefaultProjectAsync(transaction);
    }

    private async Task<Result<Unit>> EnsureDefaultProjectAsync(DataTransaction tx) =>
        await DataProjects.FindAsync(tx.Db, RepoName.DefaultProject) is null
            ? await Projects.CreateAsync(tx, RepoName.DefaultProject, "", update: false)
            : Unit.Value;
}
