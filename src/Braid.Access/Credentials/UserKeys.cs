using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Access.Texts;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Access.Credentials;

/// <summary>The key pairs that users make for themselves. A pair that is revoked stops working at once, with its tokens.</summary>
public sealed class UserKeys(Database database, Authenticator authenticator)
{
    /// <summary>Pairs that a user has at most.</summary>
    public const int Most = 100;

    private const int longestLabel = 200;

    /// <summary>Makes a pair for the caller. Its secret is not told again.</summary>
    /// <returns>The pair; <c>access.too-many-keys</c>.</returns>
    public async Task<Result<KeyPair>> CreateAsync(Caller caller, string label, CancellationToken ct)
    {
        if ((caller.MayHaveAccount() ?? CheckLabel(label)) is { } refused)
        {
            return refused;
        }

        return await database.WriteAsync<KeyPair>(
            async db =>
            {
                var (users, keys) = await CountAsync(db, caller.Name);
                if (users == 0 || keys >= Most)
                {
                    return users == 0 ? Errors.NoSuchUser(caller.Name) : Errors.TooManyKeys(Most);
                }

                var made = await authenticator.IssueForUserAsync(db, caller.Name, label);
                await db.TellAsync(caller, new("key.create", made.AccessKey, label), database.Clock.GetUtcNow());
                return made;
            },
            ct
        );
    }

    /// <summary>The caller's pairs, without their secrets, oldest first.</summary>
    public async Task<Result<IReadOnlyList<UserKey>>> ListAsync(Caller caller, CancellationToken ct)
    {
        if (caller.MayHaveAccount() is { } refused)
        {
            return refused;
        }

        var rows = await database.ReadAsync(
            db =>
                db.QueryAsync<UserKeyRow>(
                    """
                    SELECT access_key, kind, label, created_at, last_used_at, last_used_from
                    FROM access_key WHERE kind <> 'job' AND user_name = @Name
                    ORDER BY created_at, access_key
                    """,
                    new { caller.Name }
                ),
            ct
        );
        return rows.Select(row => row.ToKey(authenticator.Uses.Last(row.AccessKey))).ToList();
    }

    /// <returns>Success; <c>access.no-such-key</c> when the caller has no such pair.</returns>
    public Task<Result<Unit>> RelabelAsync(Caller caller, string accessKey, string label, CancellationToken ct) =>
        CheckLabel(label) is { } refused
            ? Task.FromResult<Result<Unit>>(refused)
            : ChangeAsync(
                caller,
                accessKey,
                "UPDATE access_key SET label = @label WHERE access_key = @accessKey",
                label,
                ct
            );

    /// <returns>Success; <c>access.no-such-key</c> when the caller has no such pair (any more).</returns>
    public Task<Result<Unit>> RevokeAsync(Caller caller, string accessKey, CancellationToken ct) =>
        ChangeAsync(caller, accessKey, "DELETE FROM access_key WHERE access_key = @accessKey", "", ct, "key.revoke");

    private async Task<Result<Unit>> ChangeAsync(
        Caller caller,
        string accessKey,
        string sql,
        string label,
        CancellationToken ct,
        string action = "key.change"
    )
    {
        var noSuchKey = DisplayText.IsStorable(accessKey) ? null : Errors.NoSuchKey(accessKey);
        if ((caller.MayHaveAccount() ?? noSuchKey) is { } refused)
        {
            return refused;
        }

        return await database.WriteAsync<Unit>(
            async db =>
            {
                var kind = await db.FirstOrDefaultAsync<string>(
                    "SELECT kind FROM access_key WHERE access_key = @accessKey AND user_name = @Name AND kind <> 'job'",
                    new { accessKey, caller.Name }
                );
                if (kind is null)
                {
                    return Errors.NoSuchKey(accessKey);
                }

                if (kind == KeyRow.AdministratorKind)
                {
                    return Errors.InstallationKey();
                }

                await db.ExecuteAsync(sql, new { accessKey, label });
                await db.TellAsync(caller, new(action, accessKey, label), database.Clock.GetUtcNow());
                return Unit.Value;
            },
            ct
        );
    }

    private static Task<(long Users, long Keys)> CountAsync(DbRead db, string user) =>
        db.FirstOrDefaultAsync<(long, long)>(
            """
            SELECT (SELECT COUNT(*) FROM account WHERE id = @user),
                   (SELECT COUNT(*) FROM access_key WHERE kind <> 'job' AND user_name = @user)
            """,
            new { user }
        );

    private static Error? CheckLabel(string label) =>
        DisplayText.IsFit(label, longestLabel) ? null : Errors.BadText("a label", longestLabel);

    private sealed record UserKeyRow
    {
        public string AccessKey { get; init; } = "";
        public string Kind { get; init; } = "";
        public string? Label { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? LastUsedAt { get; init; }
        public string? LastUsedFrom { get; init; }

        public UserKey ToKey(KeyUse? noted) =>
            new(AccessKey, Label ?? "", CreatedAt)
            {
                LastUsedAt = noted?.At ?? LastUsedAt,
                LastUsedFrom = noted?.From ?? LastUsedFrom ?? "",
                IsOfInstallation = Kind == KeyRow.AdministratorKind,
            };
    }
}

/// <summary>A key pair as its owner sees it afterwards: without its secret.</summary>
public sealed record UserKey(string AccessKey, string Label, DateTimeOffset CreatedAt)
{
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>What the client that used it called its machine; empty when it did not say.</summary>
    public string LastUsedFrom { get; init; } = "";

    /// <summary>True for the pair in the server's folder, which cannot be revoked from outside.</summary>
    public bool IsOfInstallation { get; init; }
}
