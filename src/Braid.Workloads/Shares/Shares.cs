using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Queues;
using Braid.Workloads.Nodes;

namespace Braid.Workloads.Shares;

/// <summary>Makes, changes, lists and removes shares. Everybody may see them; administrators change them.</summary>
public sealed class Shares(Database database, PlacedQueues queues, TimeProvider clock, IdSource ids)
{
    /// <summary>Where work goes that names no share. It is made at the first start: no quota, no limit.</summary>
    public const string Default = "default";

    private const int longestName = 63;
    private const int deepest = 16;

    /// <summary>Makes the share <see cref="Default"/> when there is none; called at every start.</summary>
    public Task EnsureDefaultAsync(CancellationToken ct) =>
        database.WriteAsync(
            db =>
                ShareRow.InsertAsync(
                    db,
                    new()
                    {
                        Name = Default,
                        Id = new(ids.Next()),
                        Namespace = NamespaceOf(Default),
                        Created = clock.GetUtcNow(),
                        Terms = ShareRow.Pack(new()),
                    }
                ),
            ct
        );

    /// <summary>Makes a share, and its queue when there is none of that name.</summary>
    public Task<Result<Share>> CreateAsync(Caller caller, NewShare share, CancellationToken ct) =>
        WriteAsync(
            caller,
            new("quota.create", share.Name),
            async db =>
            {
                if (await RefuseAsync(db, share) is { } refused)
                {
                    return refused;
                }

                var queue = share.Queue is { } name ? await queues.EnsureAsync(db, caller, name) : (QueueId?)null;
                if (queue is { } id && await ShareRow.OfQueueAsync(db, id) is { } other)
                {
                    return Errors.QueueHasShare(share.Queue ?? "", other.Name);
                }

                await ShareRow.InsertAsync(
                    db,
                    new()
                    {
                        Name = share.Name,
                        Parent = share.Parent,
                        Id = queue ?? new(ids.Next()),
                        HasQueue = queue is not null,
                        Namespace = share.Namespace ?? NamespaceOf(share.Name),
                        Created = clock.GetUtcNow(),
                        Terms = ShareRow.Pack(share.Terms),
                    }
                );
                return await GetAsync(db, share.Name);
            },
            ct
        );

    /// <summary>Gives a share other terms, made from those that it has.</summary>
    /// <param name="change">May run more than once.</param>
    public async Task<Result<Share>> ChangeAsync(
        Caller caller,
        string name,
        Func<ShareTerms, ShareTerms> change,
        CancellationToken ct
    )
    {
        var act = new AuditedAct("quota.change", name);
        return caller.MayAdminister() is { } refused
            ? await database.TellRefusalAsync(caller, act, refused, ct)
            : await database.WriteAsync<Share>(db => ChangeAsync(db, caller, act, change), ct);
    }

    private async Task<Result<Share>> ChangeAsync(
        DbWrite db,
        Caller caller,
        AuditedAct act,
        Func<ShareTerms, ShareTerms> change
    )
    {
        var name = act.Target;
        if (await ShareRow.FindAsync(db, name) is not { } row)
        {
            return Errors.NoSuchShare(name);
        }

        var before = row.ToShare().Terms;
        var terms = change(before);
        if (terms.Fault is { } fault)
        {
            return Errors.BadTerms(name, fault);
        }

        var now = clock.GetUtcNow();
        await db.ExecuteAsync(
            "UPDATE share SET terms = @terms WHERE name = @name",
            new { name, terms = ShareRow.Pack(terms) }
        );
        // Limits may have become shorter.
        await db.ExecuteAsync(
            "UPDATE workload SET look_at = @now WHERE share = @name AND ended IS NULL",
            new { name, now }
        );
        await db.TellAsync(caller, act with { Details = TermChanges.Words(before, terms) }, now);
        db.Announce(Topics.Workloads);
        db.Announce(Topics.Placement);
        return await GetAsync(db, name);
    }

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<Share>> ListAsync(CancellationToken ct) =>
        [.. (await database.ReadAsync(ShareRow.AllAsync, ct)).Select(row => row.ToShare())];

    public Task<Result<Share>> GetAsync(string name, CancellationToken ct) =>
        database.ReadAsync(db => GetAsync(db, name), ct);

    /// <summary>Removes a share in which nothing is to run and that has no parts; its queue stays.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, string name, CancellationToken ct) =>
        WriteAsync<Unit>(
            caller,
            new("quota.delete", name),
            async db =>
            {
                if (await ShareRow.FindAsync(db, name) is not { } share)
                {
                    return Errors.NoSuchShare(name);
                }

                var parts = await db.ScalarAsync<long>("SELECT COUNT(*) FROM share WHERE parent = @name", new { name });
                var live = await db.ScalarAsync<long>(
                    "SELECT COUNT(*) FROM workload WHERE share = @name AND ended IS NULL",
                    new { name }
                );
                if (parts + live > 0 || name == Default)
                {
                    return Errors.ShareInUse(name, parts, live);
                }

                await db.ExecuteAsync("DELETE FROM share WHERE name = @name", new { name });
                await LetGoAsync(db, share);
                return Unit.Value;
            },
            ct
        );

    /// <summary>The queue of a share that is gone hands out its runs itself, unless nodes of ours serve it.</summary>
    private static async Task LetGoAsync(DbWrite db, ShareRow share)
    {
        var queue = (await PlacedQueues.ReadAsync(db)).FirstOrDefault(one => one.Id == share.Id);
        var served = (await NodeRow.AllAsync(db)).SelectMany(node => node.ReadMachine().Queues);
        if (queue is not null && !served.Contains(queue.Name, StringComparer.Ordinal))
        {
            await PlacedQueues.SetAsync(db, queue.Id, isPlaced: false);
        }
    }

    private static string NamespaceOf(string name) => $"runai-{name}";

    private static async Task<Result<Share>> GetAsync(DbRead db, string name) =>
        await ShareRow.FindAsync(db, name) is { } row ? row.ToShare() : Errors.NoSuchShare(name);

    private static async Task<Error?> RefuseAsync(DbRead db, NewShare share)
    {
        if (!IsName(share.Name) || (share.Namespace is { } space && !IsName(space)))
        {
            return Errors.BadShareName(share.Name, share.Namespace, longestName);
        }

        if (share.Terms.Fault is { } fault)
        {
            return Errors.BadTerms(share.Name, fault);
        }

        if (await ShareRow.FindAsync(db, share.Name) is not null)
        {
            return Errors.ShareExists(share.Name);
        }

        return share.Parent is { } parent ? await RefuseParentAsync(db, parent) : null;
    }

    private static async Task<Error?> RefuseParentAsync(DbRead db, string parent)
    {
        var depth = 1;
        for (var at = parent; at is not null; depth++)
        {
            if (await ShareRow.FindAsync(db, at) is not { } row)
            {
                return Errors.NoSuchShare(at);
            }

            if (depth == deepest)
            {
                return Errors.SharesTooDeep(parent, deepest);
            }

            at = row.Parent;
        }

        var live = await db.ScalarAsync<long>(
            "SELECT COUNT(*) FROM workload WHERE share = @parent AND ended IS NULL",
            new { parent }
        );
        return live > 0 ? Errors.ShareInUse(parent, 0, live) : null;
    }

    /// <summary>A Kubernetes label: lower case, digits and dashes, a letter first.</summary>
    private static bool IsName(string name) =>
        name.Length is > 0 and <= longestName
        && char.IsAsciiLetterLower(name[0])
        && name[^1] != '-'
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    private Task<Result<T>> WriteAsync<T>(
        Caller caller,
        AuditedAct act,
        Func<DbWrite, Task<Result<T>>> write,
        CancellationToken ct
    ) =>
        database.WriteAsync(
            caller,
            act,
            caller.MayAdminister(),
            async db =>
            {
                var written = await write(db);
                db.Announce(Topics.Placement);
                return written;
            },
            ct
        );
}
