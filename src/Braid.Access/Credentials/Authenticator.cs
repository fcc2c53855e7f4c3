using System.Text;
using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Access.Texts;
using Braid.Access.Users;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Access.Credentials;

/// <summary>
/// Finds out who a caller is, for every door: by access key and secret, by bearer token, or by nothing at all (allowed
/// only on a server that is open because it listens on loopback).
/// </summary>
public sealed class Authenticator(Database database, SecretBox secrets, TimeProvider clock, IdSource ids, bool open)
{
    private const int accessKeyLength = 20;
    private const int secretKeyLength = 40;

    private const string selectKey = """
        SELECT k.access_key, k.secret, k.kind, k.user_name, k.run_id, k.project_id, k.attempt, k.readable_repos,
          k.writable_repos, a.role
        FROM access_key k LEFT JOIN account a ON a.id = k.user_name
        WHERE k.access_key = @accessKey
        """;

    private const string selectKeyOfToken =
        $"{selectKey} AND NOT EXISTS (SELECT 1 FROM ended_session WHERE id = @session)";

    private const string insertKey = """
        INSERT INTO access_key
          (access_key, secret, kind, user_name, created_at, run_id, project_id, attempt, readable_repos, writable_repos, label)
        VALUES
          (@AccessKey, @Secret, @Kind, @UserName, @CreatedAt, @RunId, @ProjectId, @Attempt, @ReadableRepos, @WritableRepos,
           @Label)
        """;

    private readonly TokenSigner signer = new(secrets.DeriveKey("braid bearer tokens"), clock);

    /// <summary>No token holds for longer.</summary>
    public static TimeSpan LongestLifetime { get; } = TimeSpan.FromDays(365);

    /// <summary>True when callers without credentials are administrators.</summary>
    public bool IsOpen => open;

    /// <summary>When key pairs were used last; <see cref="KeyUses.StepAsync"/> is to be called now and then.</summary>
    public KeyUses Uses { get; } = new(database, clock);

    /// <summary>Who signed in, and which pairs were refused; <see cref="Audit.SignIns.StepAsync"/> is to be called now and then.</summary>
    public SignIns SignIns { get; } = new(database, clock);

    /// <summary>The caller who sent no credentials.</summary>
    public Result<Caller> FromNothing(CallerOrigin? origin = null) =>
        open ? new Caller.Administrator(User.Anonymous) { Origin = origin } : Errors.NoCredentials();

    /// <summary>The owner of a key pair (ClearML, HTTP Basic).</summary>
    public Task<Result<Caller>> FromKeyAsync(KeyPair keys, CancellationToken ct) => FromKeyAsync(keys, null, ct);

    public async Task<Result<Caller>> FromKeyAsync(KeyPair keys, CallerOrigin? origin, CancellationToken ct)
    {
        var row = await database.ReadAsync(db => FindAsync(db, keys.AccessKey), ct);
        if (row is not null && row.Matches(secrets, keys.SecretKey))
        {
            return Used(row, origin);
        }

        SignIns.Refuse(row?.UserName ?? "", origin ?? CallerOrigin.Unknown);
        return Errors.BadCredentials();
    }

    /// <summary>
    /// Whom a bearer token of this server stands for. The key pair behind it must still exist, and its session must not have
    /// been ended; a token for another user, that the pair's owner is still an administrator and the user still there.
    /// </summary>
    public Task<Result<Caller>> FromTokenAsync(string token, CancellationToken ct) => FromTokenAsync(token, null, ct);

    public async Task<Result<Caller>> FromTokenAsync(string token, CallerOrigin? origin, CancellationToken ct)
    {
        if (signer.Read(token) is not { } signed)
        {
            return Errors.BadCredentials();
        }

        var (row, other) = await database.ReadAsync(db => FindAsync(db, signed), ct);
        var owner = row is null ? Errors.BadCredentials() : Used(row, origin);
        if (!owner.IsOk || signed.User is null)
        {
            return owner;
        }

        return other is not null && owner.Value.MayAdminister() is null
            ? UserRow.ToCaller(other.Id, other.Role) with
            {
                Origin = origin,
            }
            : Errors.BadCredentials();
    }

    /// <summary>The access key that an unexpired token of this server stands for; null for any other text.</summary>
    public string? AccessKeyOf(string token) => signer.Read(token)?.AccessKey;

    /// <summary>The key pair of an access key and whom it stands for, to check a signature made with the secret.</summary>
    public Task<Result<(KeyPair Keys, Caller Owner)>> FindKeyAsync(string accessKey, CancellationToken ct) =>
        FindKeyAsync(accessKey, null, ct);

    public async Task<Result<(KeyPair Keys, Caller Owner)>> FindKeyAsync(
        string accessKey,
        CallerOrigin? origin,
        CancellationToken ct
    )
    {
        if (await database.ReadAsync(db => FindAsync(db, accessKey), ct) is not { } row)
        {
            // An open server's clients send keys of their own making.
            if (!open && origin is not null)
            {
                SignIns.Refuse("", origin);
            }

            return Errors.BadCredentials();
        }

        return OwnerOf(row, origin)
            .Select(owner => (new KeyPair(accessKey, Encoding.UTF8.GetString(secrets.Open(row.Secret))), owner));
    }

    /// <summary>
    /// A signed token (JWT, HS256) that stands for a key pair until it expires or the pair is revoked. <paramref name="claims"/>
    /// are what the asking protocol's clients read from a token; this server reads only its own.
    /// </summary>
    public string IssueToken(string accessKey, TimeSpan lifetime, IReadOnlyDictionary<string, object> claims) =>
        signer.Sign(new(accessKey, ids.Next().ToString(), null, clock.GetUtcNow() + lifetime), claims);

    /// <summary>
    /// As <see cref="IssueToken"/>, for another user than the pair's owner, who must be an administrator for as long as the
    /// token is used. It dies with the user, too.
    /// </summary>
    public Task<Result<string>> IssueTokenForAsync(
        Caller caller,
        string user,
        string accessKey,
        TimeSpan lifetime,
        IReadOnlyDictionary<string, object> claims,
        CancellationToken ct
    )
    {
        var signed = new SignedToken(accessKey, ids.Next().ToString(), user, clock.GetUtcNow() + lifetime);
        return database.WriteAsync(
            caller,
            new("user.token", user),
            caller.MayAdminister(),
            _ => Task.FromResult<Result<string>>(signer.Sign(signed, claims)),
            ct
        );
    }

    /// <summary>
    /// Another token of the same session. One that an administrator had made for a user holds no longer than that one: nobody
    /// else decides how long they may be spoken for.
    /// </summary>
    /// <param name="token">A token that <see cref="FromTokenAsync(string, CancellationToken)"/> has found right.</param>
    public Result<string> RenewToken(string token, TimeSpan lifetime, IReadOnlyDictionary<string, object> claims)
    {
        if (signer.Read(token) is not { } signed)
        {
            return Errors.BadCredentials();
        }

        var expires = clock.GetUtcNow() + lifetime;
        return signer.Sign(
            signed with
            {
                Expires = signed.User is not null && signed.Expires < expires ? signed.Expires : expires,
            },
            claims
        );
    }

    /// <summary>Ends the session of a token: it and those it was renewed to are worth nothing from now on.</summary>
    public Task EndSessionAsync(string token, CancellationToken ct)
    {
        if (signer.Read(token)?.Session is not { } session)
        {
            return Task.CompletedTask;
        }

        var now = clock.GetUtcNow();
        return database.WriteAsync(
            async db =>
            {
                await db.ExecuteAsync("DELETE FROM ended_session WHERE forget_at < @now", new { now });
                await db.ExecuteAsync(
                    "INSERT INTO ended_session (id, forget_at) VALUES (@session, @forgetAt) ON CONFLICT (id) DO NOTHING",
                    new { session, forgetAt = now + LongestLifetime + TimeSpan.FromDays(1) }
                );
            },
            ct
        );
    }

    /// <summary>Makes the administrator's key pair, in place of any other one that there was, and the users that are always there.</summary>
    public Task SetAdministratorAsync(KeyPair keys, CancellationToken ct) =>
        database.WriteAsync(
            async db =>
            {
                foreach (
                    var user in open
                        ? [User.InstallationAdministrator, User.Anonymous]
                        : (string[])[User.InstallationAdministrator]
                )
                {
                    await UserRow.InsertAsync(db, BuiltIn(user));
                }

                await db.ExecuteAsync(
                    "DELETE FROM access_key WHERE kind = @Kind OR access_key = @AccessKey",
                    new { Kind = KeyRow.AdministratorKind, keys.AccessKey }
                );
                await db.ExecuteAsync(insertKey, Row(keys, KeyRow.AdministratorKind, User.InstallationAdministrator));
            },
            ct
        );

    /// <summary>A fresh key pair, not stored anywhere yet.</summary>
    public KeyPair NewKeyPair() => new(ids.AccessKey(accessKeyLength), ids.Secret(secretKeyLength));

    /// <summary>Makes a key pair for one attempt of a job; it dies with <see cref="RevokeAttemptAsync"/>.</summary>
    public async Task<KeyPair> IssueForJobAsync(DbWrite db, Caller.Job job) => (await IssueForJobAsync(db, [job]))[0];

    /// <summary>The same for an attempt that a node runs: it outlives a start of the server.</summary>
    public async Task<KeyPair> IssueForReplicaAsync(DbWrite db, Caller.Job attempt)
    {
        var keys = NewKeyPair();
        await db.ExecuteAsync(insertKey, Row(keys, KeyRow.ReplicaKind, attempt.Name, job: attempt));
        return keys;
    }

    /// <summary>Makes key pairs for many attempts, in their order, by one statement.</summary>
    public async Task<IReadOnlyList<KeyPair>> IssueForJobAsync(DbWrite db, IReadOnlyList<Caller.Job> attempts)
    {
        KeyPair[] keys = [.. attempts.Select(_ => NewKeyPair())];
        await db.ExecuteAsync(
            insertKey,
            keys.Zip(attempts, (pair, job) => Row(pair, KeyRow.JobKind, job.Name, job: job))
        );
        return keys;
    }

    /// <summary>Ends an attempt's credentials: whatever it still sends is refused once this transaction has committed.</summary>
    public Task RevokeAttemptAsync(DbWrite db, string attempt) => RevokeAttemptsAsync(db, [attempt]);

    /// <summary>Ends the credentials of many attempts by one statement.</summary>
    public Task RevokeAttemptsAsync(DbWrite db, IEnumerable<string> attempts) =>
        db.ExecuteAsync("DELETE FROM access_key WHERE attempt = @attempt", attempts.Select(attempt => new { attempt }));

    /// <summary>Ends the credentials of all attempts of one job's run.</summary>
    public Task RevokeRunAsync(DbWrite db, RunId run) =>
        db.ExecuteAsync("DELETE FROM access_key WHERE run_id = @run", new { run });

    /// <summary>Ends the credentials of all jobs: whoever ran them runs them no more.</summary>
    public Task RevokeJobsAsync(DbWrite db) =>
        db.ExecuteAsync("DELETE FROM access_key WHERE kind = @JobKind", new { KeyRow.JobKind });

    /// <summary>Makes a key pair for a user.</summary>
    internal async Task<KeyPair> IssueForUserAsync(DbWrite db, string user, string label)
    {
        var keys = NewKeyPair();
        await db.ExecuteAsync(insertKey, Row(keys, KeyRow.UserKind, user, label));
        return keys;
    }

    private static Task<KeyRow?> FindAsync(DbRead db, string accessKey) =>
        !DisplayText.IsStorable(accessKey)
            ? Task.FromResult<KeyRow?>(null)
            : db.FirstOrDefaultAsync<KeyRow>(selectKey, new { accessKey });

    private static async Task<(KeyRow? Row, UserRow? Other)> FindAsync(DbRead db, SignedToken token) =>
        (
            await db.FirstOrDefaultAsync<KeyRow>(
                selectKeyOfToken,
                new { accessKey = token.AccessKey, session = token.Session }
            ),
            token.User is null ? null : await UserRow.FindAsync(db, token.User)
        );

    /// <summary>Whom a pair stands for. What nobody in particular made is worth nothing where somebody is demanded.</summary>
    private Result<Caller> OwnerOf(KeyRow row, CallerOrigin? origin) =>
        row.UserName == User.Anonymous && !open ? Errors.BadCredentials()
        : row.ToCaller() is { } owner ? owner with { Origin = origin }
        : Errors.BadCredentials();

    private Result<Caller> Used(KeyRow row, CallerOrigin? origin)
    {
        var owner = OwnerOf(row, origin);
        if (owner.IsOk && row.Kind is not (KeyRow.JobKind or KeyRow.ReplicaKind))
        {
            Uses.Note(row.AccessKey, origin?.Machine ?? "");
        }

        return owner;
    }

    private User BuiltIn(string id) =>
        new()
        {
            Id = id,
            Name = id,
            Role = UserRole.Administrator,
            CreatedAt = clock.GetUtcNow(),
        };

    private object Row(KeyPair keys, string kind, string user, string? label = null, Caller.Job? job = null) =>
        new
        {
            keys.AccessKey,
            Secret = secrets.Seal(Encoding.UTF8.GetBytes(keys.SecretKey)),
            Kind = kind,
            UserName = user,
            CreatedAt = clock.GetUtcNow(),
            RunId = job?.Run,
            ProjectId = job?.Project,
            job?.Attempt,
            ReadableRepos = Lines(job?.ReadableRepos),
            WritableRepos = Lines(job?.WritableRepos),
            Label = label,
        };

    private static string? Lines(IReadOnlySet<string>? repos) =>
        repos is null ? null : string.Join('\n', repos.Order(StringComparer.Ordinal));
}
