using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Tracking.Models;

/// <summary>
/// Named models, their versions and aliases. A job's caller may make names, and versions of its own models; other versions
/// it does not see.
/// </summary>
public sealed class Registry(Database database, TimeProvider clock, IdSource ids)
{
    /// <returns><c>tracking.named-model-exists</c> when the name is taken.</returns>
    public Task<Result<NamedModel>> CreateAsync(
        Caller caller,
        string name,
        string description,
        IReadOnlyList<Tag> tags,
        CancellationToken ct
    ) =>
        database.WriteAsync<NamedModel>(
            async db =>
            {
                if (await NamedModelRows.FindAsync(db, name) is not null)
                {
                    return Errors.NamedModelExists(name);
                }

                var id = ids.Next();
                await NamedModelRows.InsertAsync(db, id, name, description, clock.GetUtcNow());
                await Tags.SetAsync(db, id.ToString(), tags);
                return await ReadAsync(db, caller, name);
            },
            ct
        );

    public Task<Result<NamedModel>> GetAsync(Caller caller, string name, CancellationToken ct) =>
        database.ReadAsync(db => ReadAsync(db, caller, name), ct);

    public async Task<Result<Page<NamedModel>>> QueryAsync(Caller caller, NamedModelQuery query, CancellationToken ct)
    {
        var sql = new FilterSql();
        if (!sql.Where(query.Where).TryGet(out var condition, out var bad))
        {
            return bad;
        }

        return await database.ReadAsync(
            async db =>
            {
                var page = await NamedModelRows.QueryAsync(db, query, sql, condition);
                return new Page<NamedModel>(await WithPartsAsync(db, caller, page.Items), page.More);
            },
            ct
        );
    }

    public Task<Result<NamedModel>> UpdateAsync(
        Caller caller,
        string name,
        NamedModelChange change,
        CancellationToken ct
    ) => ChangeAsync(caller, name, (db, row) => UpdateAsync(db, caller, row, change), ct);

    /// <summary>Removes the name with its aliases; its versions stay as models without a name.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, string name, CancellationToken ct) =>
        ChangeAsync(
            caller,
            name,
            async (db, row) =>
            {
                if (caller.MayWriteData("named models") is { } refused)
                {
                    return refused;
                }

                foreach (var version in await VersionsAsync(db, name))
                {
                    await VersionRows.RemoveAsync(db, version);
                }

                await db.ExecuteAsync("DELETE FROM tag WHERE owner_id = @Id", new { row.Id });
                await db.ExecuteAsync("DELETE FROM named_model WHERE name = @name", new { name });
                await db.TellAsync(caller, new("registry.delete", name), clock.GetUtcNow());
                return (Result<Unit>)Unit.Value;
            },
            ct
        );

    /// <summary>Makes the next version. The named model must exist.</summary>
    public Task<Result<Model>> CreateVersionAsync(Caller caller, NewVersion version, CancellationToken ct) =>
        ChangeAsync(
            caller,
            version.Name,
            async (db, _) =>
            {
                var made = await VersionRows.CreateAsync(db, caller, version, clock.GetUtcNow(), ids);
                if (!made.TryGet(out var id, out var refused))
                {
                    return refused;
                }

                await Tags.SetAsync(db, id.ToString(), version.Tags);
                return (Result<Model>)await ModelReader.GetAsync(db, id);
            },
            ct
        );

    public Task<Result<Model>> GetVersionAsync(Caller caller, string name, long version, CancellationToken ct) =>
        database.ReadAsync(db => ReadVersionAsync(db, caller, name, version), ct);

    /// <summary>Changes a version; a new stage may archive the others that are in it.</summary>
    public Task<Result<Model>> UpdateVersionAsync(
        Caller caller,
        string name,
        long version,
        ModelChange change,
        bool archiveOthersInStage,
        CancellationToken ct
    ) =>
        OnVersionAsync(
            caller,
            name,
            version,
            async (db, row) =>
            {
                if (change.Stage is { } stage)
                {
                    if (archiveOthersInStage)
                    {
                        await ArchiveOthersAsync(db, row, stage);
                    }

                    await db.TellAsync(
                        caller,
                        new("registry.stage", $"{name}/{version}", ModelRow.Text(stage)),
                        clock.GetUtcNow()
                    );
                }

                return await ModelChanges.ApplyAsync(db, caller, row.Id, change, clock.GetUtcNow()) is { } refused
                    ? refused
                    : (Result<Model>)await ModelReader.GetAsync(db, row.Id);
            },
            ct
        );

    /// <summary>Takes the version off the name, with its aliases. A model that was logged stays; one made by registering goes.</summary>
    public Task<Result<Unit>> DeleteVersionAsync(Caller caller, string name, long version, CancellationToken ct) =>
        OnVersionAsync(
            caller,
            name,
            version,
            async (db, row) =>
            {
                await VersionRows.RemoveAsync(db, row);
                await db.TellAsync(caller, new("registry.delete-version", $"{name}/{version}"), clock.GetUtcNow());
                return (Result<Unit>)Unit.Value;
            },
            ct
        );

    /// <summary>Points an alias at a version, wherever it pointed before.</summary>
    public Task<Result<Unit>> SetAliasAsync(
        Caller caller,
        string name,
        string alias,
        long version,
        CancellationToken ct
    ) =>
        OnVersionAsync(
            caller,
            name,
            version,
            async (db, _) =>
            {
                await db.ExecuteAsync(
                    """
                    INSERT INTO model_alias (name, alias, version) VALUES (@name, @alias, @version)
                    ON CONFLICT (name, alias) DO UPDATE SET version = excluded.version
                    """,
                    new
                    {
                        name,
                        alias,
                        version,
                    }
                );
                await db.TellAsync(
                    caller,
                    new("registry.alias", $"{name}@{alias}", $"version {version}"),
                    clock.GetUtcNow()
                );
                return (Result<Unit>)Unit.Value;
            },
            ct
        );

    /// <summary>Removes an alias; one that is not there is passed over.</summary>
    public Task<Result<Unit>> RemoveAliasAsync(Caller caller, string name, string alias, CancellationToken ct) =>
        ChangeAsync(
            caller,
            name,
            async (db, _) =>
            {
                var found = await FindAliasAsync(db, name, alias);
                if (found is { } version && (await ReadVersionAsync(db, caller, name, version)).Error is { } refused)
                {
                    return refused;
                }

                await db.ExecuteAsync(
                    "DELETE FROM model_alias WHERE name = @name AND alias = @alias",
                    new { name, alias }
                );
                if (found is not null)
                {
                    await db.TellAsync(caller, new("registry.delete-alias", $"{name}@{alias}"), clock.GetUtcNow());
                }

                return (Result<Unit>)Unit.Value;
            },
            ct
        );

    /// <summary>The version that an alias points at.</summary>
    public Task<Result<Model>> GetByAliasAsync(Caller caller, string name, string alias, CancellationToken ct) =>
        database.ReadAsync(
            async db =>
                await FindAliasAsync(db, name, alias) is { } version
                    ? await ReadVersionAsync(db, caller, name, version)
                    : Errors.NoSuchAlias(name, alias),
            ct
        );

    private async Task<Result<NamedModel>> UpdateAsync(
        DbWrite db,
        Caller caller,
        NamedModelRows.Row row,
        NamedModelChange change
    )
    {
        if (change.Name is { } name && name != row.Name)
        {
            if (caller.MayWriteData("named models") is { } refused)
            {
                return refused;
            }

            if (await NamedModelRows.FindAsync(db, name) is not null)
            {
                return Errors.NamedModelExists(name);
            }

            await RenameAsync(db, row.Name, name);
            await db.TellAsync(caller, new("registry.rename", row.Name, name), clock.GetUtcNow());
        }

        await db.ExecuteAsync(
            "UPDATE named_model SET description = COALESCE(@Description, description) WHERE id = @Id",
            new { row.Id, change.Description }
        );
        await Tags.SetAsync(db, row.Id, change.SetTags);
        foreach (var key in change.RemoveTags)
        {
            // One that is not there is passed over.
            await Tags.RemoveAsync(db, row.Id, [key]);
        }

        return await ReadAsync(db, caller, change.Name ?? row.Name);
    }

    private static async Task RenameAsync(DbWrite db, string old, string name)
    {
        await db.ExecuteAsync("UPDATE named_model SET name = @name WHERE name = @old", new { old, name });
        await db.ExecuteAsync("UPDATE model_alias SET name = @name WHERE name = @old", new { old, name });
        await db.ExecuteAsync(
            "UPDATE model SET registered_name = @name WHERE registered_name = @old",
            new { old, name }
        );
    }

    private static Task ArchiveOthersAsync(DbWrite db, ModelRow row, ModelStage stage) =>
        db.ExecuteAsync(
            """
            UPDATE model SET stage = 'archived'
            WHERE registered_name = @RegisteredName AND stage = @stage AND id <> @Id
            """,
            new
            {
                row.RegisteredName,
                row.Id,
                stage = ModelRow.Text(stage),
            }
        );

    private static Task<IReadOnlyList<ModelRow>> VersionsAsync(DbRead db, string name) =>
        db.QueryAsync<ModelRow>(
            $"SELECT {ModelRow.Columns} {ModelRow.From} WHERE e.registered_name = @name",
            new { name }
        );

    private static Task<long?> FindAliasAsync(DbRead db, string name, string alias) =>
        db.FirstOrDefaultAsync<long?>(
            "SELECT version FROM model_alias WHERE name = @name AND alias = @alias",
            new { name, alias }
        );

    private static async Task<Result<NamedModel>> ReadAsync(DbRead db, Caller caller, string name) =>
        await NamedModelRows.FindAsync(db, name) is { } row
            ? (await WithPartsAsync(db, caller, [row]))[0]
            : Errors.NoSuchNamedModel(name);

    private static async Task<IReadOnlyList<NamedModel>> WithPartsAsync(
        DbRead db,
        Caller caller,
        IReadOnlyList<NamedModelRows.Row> rows
    )
    {
        var names = rows.Select(row => row.Name).ToArray();
        var tags = await Tags.OfAsync(db, rows.Select(row => row.Id));
        var aliases = await NamedModelRows.AliasesAsync(db, names);
        var latest = new List<ModelRow>();
        foreach (var row in await NamedModelRows.LatestAsync(db, names))
        {
            if (await ModelRows.RefuseAsync(db, caller, row) is null)
            {
                latest.Add(row);
            }
        }

        var models = (await ModelReader.WithPartsAsync(db, latest)).ToLookup(
            model => model.RegisteredName,
            StringComparer.Ordinal
        );
        return
        [
            .. rows.Select(row => new NamedModel
            {
                Name = row.Name,
                Description = row.Description,
                Created = row.Created,
                LastUpdate = row.LastUpdate,
                Tags = [.. tags[row.Id]],
                Aliases = [.. aliases[row.Name]],
                LatestVersions = [.. models[row.Name].OrderBy(model => model.Stage)],
            }),
        ];
    }

    private static async Task<Result<Model>> ReadVersionAsync(DbRead db, Caller caller, string name, long version)
    {
        if (await ModelReader.FindVersionAsync(db, name, version) is not { } model)
        {
            return Errors.NoSuchVersion(name, version);
        }

        return (await ModelRows.FindAsync(db, caller, model.Id)).Error is { } refused ? refused : model;
    }

    private Task<Result<T>> ChangeAsync<T>(
        Caller caller,
        string name,
        Func<DbWrite, NamedModelRows.Row, Task<Result<T>>> change,
        CancellationToken ct
    ) =>
        database.WriteAsync(
            async db =>
            {
                if (await NamedModelRows.FindAsync(db, name) is not { } row)
                {
                    return Errors.NoSuchNamedModel(name);
                }

                await NamedModelRows.TouchAsync(db, name, clock.GetUtcNow());
                return await change(db, row);
            },
            ct
        );

    private Task<Result<T>> OnVersionAsync<T>(
        Caller caller,
        string name,
        long version,
        Func<DbWrite, ModelRow, Task<Result<T>>> change,
        CancellationToken ct
    ) =>
        ChangeAsync(
            caller,
            name,
            async (db, _) =>
            {
                var found = await ReadVersionAsync(db, caller, name, version);
                if (!found.TryGet(out var model, out var error))
                {
                    return error;
                }

                var row = await ModelRows.FindAsync(db, caller, model.Id);
                return await change(db, row.Value);
            },
            ct
        );
}
