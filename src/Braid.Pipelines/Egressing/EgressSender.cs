using System.Text;
using Braid.Access.Callers;
using Braid.Data;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Data.Remote;
using Braid.Metadata;
using Braid.Pipelines.Secrets;
using Braid.Pipelines.Specs;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Egressing;

/// <summary>What was sent away.</summary>
/// <param name="Bytes">Of the files of an object storage.</param>
/// <param name="Rows">Of each table of a database.</param>
public sealed record SentOutput(long Bytes, IReadOnlyDictionary<string, long> Rows);

/// <summary>
/// Sends the files of a commit to an object storage, a folder or a database. Sending again what was sent, whole or in part,
/// leaves the other side as sending it once: objects are replaced, and the rows of a table change in one transaction.
/// </summary>
public sealed class EgressSender
{
    private readonly Database database;
    private readonly VersionedData data;
    private readonly ContentStore content;
    private readonly SecretCatalog secrets;
    private readonly RemoteFiles remote;
    private readonly SqlSender sql;

    internal EgressSender(
        Database database,
        VersionedData data,
        ContentStore content,
        SecretCatalog secrets,
        RemoteFiles remote
    )
    {
        this.database = database;
        this.data = data;
        this.content = content;
        this.secrets = secrets;
        this.remote = remote;
        sql = new(content);
    }

    /// <summary>Sends a finished commit.</summary>
    public async Task<Result<SentOutput>> SendAsync(
        Caller caller,
        RepoName repo,
        CommitSpec commit,
        Egress target,
        CancellationToken ct
    )
    {
        if (caller.MayAdminister() is { } denied)
        {
            return denied;
        }

        var found = await data.Commits.InspectAsync(caller, repo, commit, CommitState.Finished, ct);
        return found.TryGet(out var finished, out var error)
            ? await SendAsync(finished, finished.Root, target, ct)
            : error;
    }

    /// <summary>Sends a tree that is to become the content of a commit.</summary>
    internal async Task<Result<SentOutput>> SendAsync(Commit commit, TreeRoot root, Egress target, CancellationToken ct)
    {
        switch (target)
        {
            case Egress.ObjectStorage storage:
                var written = await remote.WriteAllAsync(content, commit, root, storage.Url, ct);
                return written.Select(bytes => new SentOutput(bytes, new Dictionary<string, long>()));
            case Egress.SqlDatabase table:
                var password = await database.ReadAsync(
                    db => secrets.ReadAsync(db, table.SecretName, table.SecretKey),
                    ct
                );
                return password.TryGet(out var secret, out var error)
                    ? (await sql.SendAsync(table, Encoding.UTF8.GetString(secret), root, ct)).Select(
                        rows => new SentOutput(0, rows)
                    )
                    : error;
            default:
                throw new ArgumentOutOfRangeException(nameof(target), target, "a target that nothing sends to");
        }
    }
}
