using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Models;
using Braid.Tracking.Projects;

namespace Braid.Tracking.Imports;

/// <summary>
/// Takes models, names, versions and aliases over from another server, with their ids, numbers and times; only administrators
/// call. Taken over again they are what they are over there, and nothing is there twice.
/// </summary>
public sealed class ModelImports(Database database, TimeProvider clock, IdSource ids)
{
    private const string updateModel = """
        UPDATE model SET
          project_id = @Project, name = @Name, uri = @Uri, state = @state, state_message = @StateMessage, type = @Type,
          run_id = @run, created = @created, last_update = @updated,
          trashed = CASE WHEN @IsTrashed THEN COALESCE(trashed, @now) ELSE NULL END
        WHERE id = @Id
        """;

    private const string updateVersion = """
        UPDATE model SET
          uri = @Uri, state = @state, state_message = @StateMessage, stage = @stage, comment = @Description,
          user_name = @User, run_link = @RunLink, created = @created, last_update = @updated
        WHERE id = @id
        """;

    /// <returns>Whether the model was here before.</returns>
    public Task<Result<bool>> PutAsync(Caller caller, ImportedModel model, CancellationToken ct) =>
        caller.MayAdminister() is { } refused
            ? Task.FromResult<Result<bool>>(refused)
            : database.WriteAsync(db => PutAsync(db, caller, model), ct);

    /// <returns>
    /// Whether the name was here before; <c>tracking.version-taken</c>, and nothing changes, when one of its numbers is that of
    /// a version which was made here.
    /// </returns>
    public Task<Result<bool>> PutAsync(Caller caller, ImportedName name, CancellationToken ct) =>
        caller.MayAdminister() is { } refused
            ? Task.FromResult<Result<bool>>(refused)
            : database.WriteAsync(db => PutAsync(db, caller, name), ct);

    private async Task<Result<bool>> PutAsync(DbWrite db, Caller caller, ImportedModel model)
    {
        if (await ProjectRows.FindAsync(db, model.Project) is null)
        {
            return Errors.NoSuchProject(model.Project.ToString());
        }

        var now = clock.GetUtcNow();
        var isThere = (await ModelRows.FindAsync(db, caller, model.Id)).IsOk;
        if (!isThere)
        {
            var row = new Model
            {
                Id = model.Id,
                Name = model.Name,
                ProjectId = model.Project,
                User = caller.Name,
                State = model.State,
            };
            await ModelRows.InsertAsync(db, row, onlyVersion: false, "", now);
        }

        var change = new ModelChange { SetTags = model.Tags, SetParameters = model.Parameters };
        if (await ModelChanges.ApplyAsync(db, caller, model.Id, change, now) is { } refused)
        {
            return refused;
        }

        await db.ExecuteAsync(
            updateModel,
            new
            {
                model.Id,
                model.Project,
                model.Name,
                model.Uri,
                state = ModelRow.Text(model.State),
                model.StateMessage,
                model.Type,
                run = model.Run?.ToString(),
                created = model.Created.ToStored(),
                updated = model.LastUpdate.ToStored(),
                model.IsTrashed,
                now = now.ToStored(),
            }
        );
        return isThere;
    }

    private async Task<Result<bool>> PutAsync(DbWrite db, Caller caller, ImportedName name)
    {
        var row = await NamedModelRows.FindAsync(db, name.Name);
        var id = row is null ? ids.Next() : Hex32.Parse(row.Id);
        if (row is null)
        {
            await NamedModelRows.InsertAsync(db, id, name.Name, name.Description, name.Created);
        }

        foreach (var version in name.Versions)
        {
            if (await PutVersionAsync(db, caller, name.Name, version) is { } refused)
            {
                return refused;
            }
        }

        await Tags.SetAsync(db, id.ToString(), name.Tags);
        await SetAliasesAsync(db, name);
        await db.ExecuteAsync(
            """
            UPDATE named_model SET description = @Description, created = @created, last_update = @updated,
              versions = CASE WHEN versions < @highest THEN @highest ELSE versions END
            WHERE name = @Name
            """,
            new
            {
                name.Name,
                name.Description,
                created = name.Created.ToStored(),
                updated = name.LastUpdate.ToStored(),
                highest = name.Versions.Select(version => version.Number).DefaultIfEmpty().Max(),
            }
        );
        return row is not null;
    }

    private async Task<Error?> PutVersionAsync(DbWrite db, Caller caller, string name, ImportedVersion version)
    {
        var there = await ModelReader.FindVersionAsync(db, name, version.Number);
        // The time to the millisecond and the run tell a version that was taken over from one that was made here.
        if (there is not null && (there.RunId != version.Run || there.Created != version.Created))
        {
            return Errors.VersionTaken(name, version.Number);
        }

        var id = there?.Id ?? await InsertVersionAsync(db, name, version);
        await Tags.SetAsync(db, id.ToString(), version.Tags);
        await db.ExecuteAsync(
            updateVersion,
            new
            {
                id,
                version.Uri,
                state = ModelRow.Text(version.State),
                version.StateMessage,
                stage = ModelRow.Text(version.Stage),
                version.Description,
                User = version.User.Length > 0 ? version.User : caller.Name,
                version.RunLink,
                created = version.Created.ToStored(),
                updated = version.LastUpdate.ToStored(),
            }
        );
        return null;
    }

    private async Task<ModelId> InsertVersionAsync(DbWrite db, string name, ImportedVersion version)
    {
        var id = new ModelId(ids.Next());
        var project = version.Run is { } run
            ? await db.FirstOrDefaultAsync<string>("SELECT project_id FROM run WHERE id = @run", new { run })
            : null;
        var model = new Model
        {
            Id = id,
            Name = name,
            RegisteredName = name,
            Version = version.Number,
            SourceModel = version.Model,
            ProjectId = project is null ? Projects.Projects.Default : ProjectId.Parse(project),
            RunId = version.Run,
            Uri = version.Uri,
            RunLink = version.RunLink,
            State = version.State,
        };
        await ModelRows.InsertAsync(db, model, onlyVersion: true, "", version.Created);
        return id;
    }

    private static async Task SetAliasesAsync(DbWrite db, ImportedName name)
    {
        foreach (var alias in name.Aliases)
        {
            await db.ExecuteAsync(
                """
                INSERT INTO model_alias (name, alias, version) VALUES (@Name, @Alias, @Version)
                ON CONFLICT (name, alias) DO UPDATE SET version = excluded.version
                """,
                new
                {
                    name.Name,
                    alias.Alias,
                    alias.Version,
                }
            );
        }
    }
}
