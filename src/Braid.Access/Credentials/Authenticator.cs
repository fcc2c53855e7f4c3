using System.Text;
using Braid.Access.Callers;
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
        SELECT access_key, secret, kind, user_name, run_id, project_id, attempt, readable_repos, writable_repos
        FROM access_key WHERE access_key = @accessKey
        """;

    private const string insertKey = """
        INSERT INTO access_key
          (access_key, secret, kind, user_name, created_at, run_id, project_id, attempt, readable_repos, writable_repos)
        VALUES
          (@AccessKey, @Secret, @Kind, @UserName, @CreatedAt, @RunId, @ProjectId, @Attempt, @ReadableRepos, @WritableRepos)
        """;

    private readonly TokenSigner signer = new(secrets.DeriveKey("braid bearer tokens"), clock);

    /// <summary>True when callers without credentials are administrators.</summary>
    public bool IsOpen => open;

    /// <summary>The caller who sent no credentials.</summary>
    public Result<Caller> FromNothing() => open ? new Caller.Administrator("anonymous") : Errors.NoCredentials();

    /// <summary>The owner of a key pair (ClearML, HTTP Basic).</summary>
    public async Task<Result<Caller>> FromKeyAsync(KeyPair keys, CancellationToken ct)
    {
        var row = await FindAsync(keys.AccessKey, ct);
        return row is not null && row.Matches(secrets, keys.SecretKey) ? row.ToCaller() : Errors.BadCredentials();
    }

    /// <summary>The owner of a bearer token made by <see cref="IssueTokenAsync"/>; the key pair behind it must still exist.</summary>
    public async Task<Result<Caller>> FromTokenAsync(string token, CancellationToken ct)
    {
        if (signer.ReadAccessKey(token) is not { } accessKey)
        {
            return Errors.BadCredentials();
        }

        return await FindAsync(accessKey, ct) is { } row ? row.ToCaller() : Errors.BadCredentials();
    }

    /// <summary>The access key that an unexpired token of this server stands for; null for any other text.</summary>
    public string? AccessKeyOf(string token) => signer.ReadAccessKey(token);

    /// <summary>The key pair of an access key and whom it stands for, to check a signature made with the secret.</summary>
    public async Task<Result<(KeyPair Keys, Caller Owner)>> FindKeyAsync(string accessKey, CancellationToken ct) =>
        await FindAsync(accessKey, ct) is { } row
            ? (new KeyPair(row.AccessKey, Encoding.UTF8.GetString(secrets.Open(row.Secret))), row.ToCaller())
            : Errors.BadCredentials();

    /// <summary>
    /// A signed token (JWT, HS256) that stands for a key pair until it expires or the pair is revoked. <paramref name="claims"/>
    /// are what the asking protocol's clients read from a token; this server reads only its own.
    /// </summary>
    public string IssueToken(string accessKey, TimeSpan lifetime, IReadOnlyDictionary<string, object> claims) =>
        signer.Sign(accessKey, lifetime, claims);

    /// <summary>Makes the administrator's key pair, in place of any other one that there was.</summary>
    public Task SetAdministratorAsync(KeyPair keys, CancellationToken ct) =>
        database.WriteAsync(
            async db =>
            {
                await db.ExecuteAsync(
                    "DELETE FROM access_key WHERE kind = @Kind OR access_key = @AccessKey",
                    new { Kind = KeyRow.AdministratorKind, keys.AccessKey }
                );
                await db.ExecuteAsync(insertKey, Row(keys, KeyRow.AdministratorKind, "admin", null));
            },
            ct
        );

    /// <summary>A fresh key pair, not stored anywhere yet.</summary>
    public KeyPair NewKeyPair() => new(ids.AccessKey(accessKeyLength), ids.Secret(secretKeyLength));

    /// <summary>Makes a key pair for one attempt of a job; it dies with <see cref="RevokeAttemptAsync"/>.</summary>
    public async Task<KeyPair> IssueForJobAsync(DbWrite db, Caller.Job job) => (await IssueForJobAsync(db, [job]))[0];

    /// <summary>Makes key pairs for many attempts, in their order, by one statement.</summary>
    public async Task<IReadOnlyList<KeyPair>> IssueForJobAsync(DbWrite db, IReadOnlyList<Caller.Job> attempts)
    {
        KeyPair[] keys = [.. attempts.Select(_ => NewKeyPair())];
        await db.ExecuteAsync(insertKey, keys.Zip(attempts, (pair, job) => Row(pair, KeyRow.JobKind, job.Name, job)));
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

    private Task<KeyRow?> FindAsync(string accessKey, CancellationToken ct) =>
        database.ReadAsync(db => db.FirstOrDefaultAsync<KeyRow>(selectKey, new { accessKey }), ct);

    private object Row(KeyPair keys, string kind, string user, Caller.Job? job) =>
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
        };

    private static string? Lines(IReadOnlySet<string>? repos) =>
        repos is null ? null : string.Join('\n', repos.Order(StringComparer.Ordinal));
}
