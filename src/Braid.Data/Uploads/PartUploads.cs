using Braid.Access.Callers;
using Braid.Data.Content;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage;

namespace Braid.Data.Uploads;

/// <summary>
/// Files that arrive in parts: 1 an upload is begun; 2 its parts are stored, in any order, each durable when the call
/// returns; 3 completing it joins the parts to one file in one commit. Until then nobody sees anything of it.
/// </summary>
public sealed class PartUploads
{
    private const string select = "SELECT id, project, repo, type, branch, path, started_at, started_by FROM upload";

    private static readonly TimeSpan longestRest = TimeSpan.FromDays(7);

    private readonly Database database;
    private readonly ContentStore store;
    private readonly Files files;
    private readonly TimeProvider clock;
    private readonly IdSource ids;

    internal PartUploads(Database database, ContentStore store, Files files, TimeProvider clock, IdSource ids)
    {
        this.database = database;
        this.store = store;
        this.files = files;
        this.clock = clock;
        this.ids = ids;
    }

    /// <summary>Begins an upload to a branch that may be written to.</summary>
    public async Task<Result<Upload>> BeginAsync(Caller caller, BranchName branch, string path, CancellationToken ct)
    {
        if (!FilePath.ForWriting(path).TryGet(out var stored, out var bad))
        {
            return bad;
        }

        if (
            (await files.CheckTargetAsync(caller, branch.Repo, CommitSpec.OfBranch(branch.Name), ct)).Error is
            { } refused
        )
        {
            return refused;
        }

        var upload = new Upload
        {
            Id = ids.Next(),
            Branch = branch,
            Path = stored,
            Started = clock.GetUtcNow(),
            StartedBy = caller.Name,
        };
        await database.WriteAsync(db => InsertAsync(db, upload), ct);
        return upload;
    }

    public async Task<Result<Upload>> InspectAsync(Caller caller, Hex32 id, CancellationToken ct)
    {
        var row = await database.ReadAsync(
            db => db.FirstOrDefaultAsync<UploadRow>($"{select} WHERE id = @id", new { id }),
            ct
        );
        return row is null ? Errors.UploadNotFound(id)
            : caller.MayWriteData($"repo {row.ToUpload().Branch.Repo}") is { } refused ? refused
            : row.ToUpload();
    }

    /// <summary>The uploads to a branch that are neither completed nor aborted, by path.</summary>
    public async Task<Result<IReadOnlyList<Upload>>> ListAsync(Caller caller, BranchName branch, CancellationToken ct)
    {
        if (caller.MayWriteData($"repo {branch.Repo}") is { } refused)
        {
            return refused;
        }

        var rows = await database.ReadAsync(
            db =>
                db.QueryAsync<UploadRow>(
                    $"""
                    {select}
                    WHERE project = @Project AND repo = @Repo AND type = @Type AND branch = @Name
                    ORDER BY path, id
                    """,
                    new
                    {
                        branch.Repo.Project,
                        Repo = branch.Repo.Name,
                        branch.Repo.Type,
                        branch.Name,
                    }
                ),
            ct
        );
        return rows.Select(row => row.ToUpload()).ToArray();
    }

    /// <summary>Stores a part, in place of one of the same number.</summary>
    public async Task<Result<UploadPart>> PutPartAsync(
        Caller caller,
        Hex32 id,
        int number,
        Stream bytes,
        CancellationToken ct
    )
    {
        if ((await InspectAsync(caller, id, ct)).Error is { } refused)
        {
            return refused;
        }

        using var hold = store.Hold();
        var written = await hold.WriteAsync(bytes, ct);
        if (!(await hold.SealAsync(written, ct)).TryGet(out var content, out var gone))
        {
            return gone;
        }

        var part = new UploadPart(number, content, clock.GetUtcNow());
        return await database.WriteAsync(db => PutPartAsync(db, id, part), ct);
    }

    /// <summary>The parts stored so far, by number.</summary>
    public async Task<Result<IReadOnlyList<UploadPart>>> ListPartsAsync(Caller caller, Hex32 id, CancellationToken ct)
    {
        if ((await InspectAsync(caller, id, ct)).Error is { } refused)
        {
            return refused;
        }

        var rows = await database.ReadAsync(
            db =>
                db.QueryAsync<UploadPartRow>(
                    "SELECT number, content, stored_at FROM upload_part WHERE upload_id = @id ORDER BY number",
                    new { id }
                ),
            ct
        );
        return rows.Select(row => row.ToPart()).ToArray();
    }

    /// <summary>Writes the file made of these parts, in this order, and forgets the upload.</summary>
    public async Task<Result<Commit>> CompleteAsync(
        Caller caller,
        Hex32 id,
        IReadOnlyList<UploadPart> parts,
        CancellationToken ct
    )
    {
        // Before the parts are looked at: they are taken over from rows that an abort removes.
        using var hold = store.Hold();
        if (!(await InspectAsync(caller, id, ct)).TryGet(out var upload, out var refused))
        {
            return refused;
        }

        if ((await CheckPartsAsync(caller, id, parts, ct)).Error is { } replaced)
        {
            return replaced;
        }

        var target = CommitSpec.OfBranch(upload.Branch.Name);
        if (!(await files.EditAsync(caller, upload.Branch.Repo, target, ct)).TryGet(out var begun, out refused))
        {
            return refused;
        }

        using var edits = begun;
        var whole = await hold.ConcatAsync([.. parts.Select(part => part.Content)], ct);
        if ((await edits.PutAsync(upload.Path, whole, ct)).Error is { } bad)
        {
            return bad;
        }

        var commit = await edits.ApplyAsync(ct);
        if (commit.IsOk)
        {
            await ForgetAsync(id, ct);
        }

        return commit;
    }

    private async Task<Result<Unit>> CheckPartsAsync(
        Caller caller,
        Hex32 id,
        IReadOnlyList<UploadPart> parts,
        CancellationToken ct
    )
    {
        if (!(await ListPartsAsync(caller, id, ct)).TryGet(out var stored, out var refused))
        {
            return refused;
        }

        var contents = stored.ToDictionary(part => part.Number, part => part.Content);
        foreach (var part in parts)
        {
            if (contents.GetValueOrDefault(part.Number) != part.Content)
            {
                return Errors.PartReplaced(id, part.Number);
            }
        }

        return Unit.Value;
    }

    /// <summary>Forgets an upload and its parts.</summary>
    public async Task<Result<Unit>> AbortAsync(Caller caller, Hex32 id, CancellationToken ct)
    {
        if ((await InspectAsync(caller, id, ct)).Error is { } refused)
        {
            return refused;
        }

        await ForgetAsync(id, ct);
        return Unit.Value;
    }

    /// <summary>Forgets the uploads that nobody has gone on with for a week.</summary>
    /// <returns>False: there is nothing more to do at once.</returns>
    public async Task<bool> EndAbandonedAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - longestRest;
        var abandoned = await database.ReadAsync(db => AbandonedAsync(db, before), ct);
        if (abandoned.Count > 0)
        {
            await database.WriteAsync(
                async db =>
                {
                    // Asked again: a part may have come meanwhile.
                    foreach (var id in await AbandonedAsync(db, before))
                    {
                        await ForgetAsync(db, id);
                    }
                },
                ct
            );
        }

        return false;
    }

    private static Task<IReadOnlyList<Hex32>> AbandonedAsync(DbRead db, DateTimeOffset before) =>
        db.QueryAsync<Hex32>(
            """
            SELECT u.id FROM upload u WHERE u.started_at < @before
              AND NOT EXISTS (SELECT 1 FROM upload_part p WHERE p.upload_id = u.id AND p.stored_at >= @before)
            """,
            new { before }
        );

    private static Task<int> InsertAsync(DbWrite db, Upload upload) =>
        db.ExecuteAsync(
            """
            INSERT INTO upload (id, project, repo, type, branch, path, started_at, started_by)
            VALUES (@Id, @Project, @Repo, @Type, @Branch, @Path, @Started, @StartedBy)
            """,
            new
            {
                upload.Id,
                upload.Branch.Repo.Project,
                Repo = upload.Branch.Repo.Name,
                upload.Branch.Repo.Type,
                Branch = upload.Branch.Name,
                upload.Path,
                upload.Started,
                upload.StartedBy,
            }
        );

    /// <summary>An upload that was aborted while the bytes came gets no part.</summary>
    private static async Task<Result<UploadPart>> PutPartAsync(DbWrite db, Hex32 id, UploadPart part)
    {
        var written = await db.ExecuteAsync(
            """
            INSERT INTO upload_part (upload_id, number, content, stored_at)
            SELECT id, @Number, @Content, @Stored FROM upload WHERE id = @id
            ON CONFLICT (upload_id, number) DO UPDATE SET content = excluded.content, stored_at = excluded.stored_at
            """,
            new
            {
                id,
                Number = (long)part.Number,
                Content = part.Content.ToBytes(),
                part.Stored,
            }
        );
        return written == 0 ? Errors.UploadNotFound(id) : part;
    }

    private Task ForgetAsync(Hex32 id, CancellationToken ct) => database.WriteAsync(db => ForgetAsync(db, id), ct);

    private static Task ForgetAsync(DbWrite db, Hex32 id) =>
        db.ExecuteAsync("DELETE FROM upload_part WHERE upload_id = @id; DELETE FROM upload WHERE id = @id", new { id });
}
