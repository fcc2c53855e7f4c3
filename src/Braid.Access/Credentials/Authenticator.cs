#pragma warning disable CS9113
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
    /// <summary>True when callers without credentials are administrators.</summary>
    public bool IsOpen => open;

    /// <summary>The caller who sent no credentials.</summary>
    public Result<Caller> FromNothing() => open ? new Caller.Administrator("anonymous") : Errors.NoCredentials();

    /// <summary>The owner of a key pair (ClearML, HTTP Basic, S3 after its signature was checked).</summary>
    public Task<Result<Caller>> FromKeyAsync(KeyPair keys, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>The owner of a bearer token made by <see cref="IssueTokenAsync"/>.</summary>
    public Task<Result<Caller>> FromTokenAsync(string token, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>The secret of an access key, for checking a signature made with it.</summary>
    public Task<Result<KeyPair>> FindKeyAsync(string accessKey, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>
    /// A signed token (JWT, HS256) that stands for the key pair until it expires. <paramref name="claims"/> are the extra claims of
    /// the protocol that asks (ClearML's <c>api_version</c>, ...); a reader of the token does not need them.
    /// </summary>
    public Task<Result<string>> IssueTokenAsync(
        string accessKey,
        TimeSpan lifetime,
        IReadOnlyDictionary<string, object> claims,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>Makes (or replaces) the administrator's key pair.</summary>
    public Task SetAdministratorAsync(KeyPair keys, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Makes a key pair for one attempt of a job; it dies with <see cref="RevokeAttemptAsync"/>.</summary>
    public Task<KeyPair> IssueForJobAsync(DbWrite db, Caller.Job job) => throw new NotImplementedException();

    /// <summary>Ends an attempt's credentials: whatever it still sends is refused from the commit of this transaction on.</summary>
    public Task RevokeAttemptAsync(DbWrite db, string attempt) => throw new NotImplementedException();
}
