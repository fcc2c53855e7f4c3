using System.Text;
using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Access.Users;

/// <summary>
/// The people who use the server. Administrators make and delete them and give them roles; users change what is theirs.
/// </summary>
public sealed class Users(Database database, TimeProvider clock)
{
    /// <summary>The preferences of who has set none.</summary>
    internal const string NoPreferences = "{}";

    private const int largestPreferences = 256 << 10;

    /// <returns>The user; <c>access.no-such-user</c>.</returns>
    public async Task<Result<User>> GetAsync(Caller caller, string id, CancellationToken ct) =>
        caller.MaySeeUsers() is { } refused ? refused
        : await database.ReadAsync(db => UserRow.FindAsync(db, id), ct) is { } row ? row.ToUser()
        : Errors.NoSuchUser(id);

    /// <summary>All users, by id.</summary>
    public async Task<Result<IReadOnlyList<User>>> ListAsync(Caller caller, CancellationToken ct)
    {
        if (caller.MaySeeUsers() is { } refused)
        {
            return refused;
        }

        var rows = await database.ReadAsync(
            db => db.QueryAsync<UserRow>($"SELECT {UserRow.Columns} FROM account ORDER BY id"),
            ct
        );
        return rows.Select(row => row.ToUser()).ToList();
    }

    /// <returns>The user; <c>access.user-exists</c> when the id or the e-mail address is another's.</returns>
    public Task<Result<User>> CreateAsync(Caller caller, User user, CancellationToken ct)
    {
        var made = user with { CreatedAt = clock.GetUtcNow() };
        return database.WriteAsync<User>(
            caller,
            new("user.create", made.Id, UserRow.Word(made.Role)),
            caller.MayAdminister() ?? UserRules.Check(made),
            async db =>
            {
                if (await IsTakenAsync(db, made) is { } taken)
                {
                    return taken;
                }

                await UserRow.InsertAsync(db, made);
                return made;
            },
            ct
        );
    }

    /// <summary>Changes a user: oneself, or anybody for an administrator.</summary>
    public Task<Result<User>> UpdateAsync(Caller caller, string id, UserChange change, CancellationToken ct) =>
        ChangeAsync(
            caller,
            id,
            new("user.change", id),
            caller.MayChangeUser(id),
            user =>
                user with
                {
                    Name = change.Name ?? user.Name,
                    GivenName = change.GivenName ?? user.GivenName,
                    FamilyName = change.FamilyName ?? user.FamilyName,
                    Avatar = change.Avatar ?? user.Avatar,
                },
            ct
        );

    /// <summary>Gives a user a role. It counts from the user's next call on.</summary>
    public Task<Result<User>> SetRoleAsync(Caller caller, string id, UserRole role, CancellationToken ct) =>
        ChangeAsync(
            caller,
            id,
            new("user.role", id, UserRow.Word(role)),
            caller.MayAdminister(),
            user =>
                user.IsBuiltIn && role != user.Role
                    ? Errors.BuiltInUser(id, "given another role")
                    : user with
                    {
                        Role = role,
                    },
            ct
        );

    /// <summary>Deletes a user with all key pairs, so that their tokens are worth nothing. What the user made stays.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, string id, CancellationToken ct) =>
        database.WriteAsync<Unit>(
            caller,
            new("user.delete", id),
            caller.MayAdminister(),
            async db =>
            {
                if (await UserRow.FindAsync(db, id) is not { } row)
                {
                    return Errors.NoSuchUser(id);
                }

                if (row.ToUser().IsBuiltIn)
                {
                    return Errors.BuiltInUser(id, "deleted");
                }

                await db.ExecuteAsync("DELETE FROM access_key WHERE kind <> 'job' AND user_name = @id", new { id });
                await db.ExecuteAsync("DELETE FROM account WHERE id = @id", new { id });
                return Unit.Value;
            },
            ct
        );

    /// <summary>The caller's own preferences: a JSON object that only the programs that wrote it understand.</summary>
    public async Task<Result<string>> GetPreferencesAsync(Caller caller, CancellationToken ct) =>
        caller.MayHaveAccount() is { } refused ? refused
        : await database.ReadAsync(db => FindPreferencesAsync(db, caller.Name), ct) is { } found ? found
        : Errors.NoSuchUser(caller.Name);

    /// <summary>Reads the caller's preferences, decides, writes: as one. <paramref name="change"/> may run more than once.</summary>
    public async Task<Result<string>> ChangePreferencesAsync(
        Caller caller,
        Func<string, string> change,
        CancellationToken ct
    )
    {
        if (caller.MayHaveAccount() is { } refused)
        {
            return refused;
        }

        return await database.WriteAsync<string>(
            async db =>
            {
                if (await FindPreferencesAsync(db, caller.Name) is not { } old)
                {
                    return Errors.NoSuchUser(caller.Name);
                }

                var preferences = change(old);
                if (Encoding.UTF8.GetByteCount(preferences) > largestPreferences)
                {
                    return Errors.PreferencesTooLarge(largestPreferences);
                }

                await db.ExecuteAsync(
                    "UPDATE account SET preferences = @preferences WHERE id = @Name",
                    new { preferences, caller.Name }
                );
                return preferences;
            },
            ct
        );
    }

    private Task<Result<User>> ChangeAsync(
        Caller caller,
        string id,
        AuditedAct act,
        Error? refused,
        Func<User, Result<User>> change,
        CancellationToken ct
    ) =>
        database.WriteAsync<User>(
            caller,
            act,
            refused,
            async db =>
            {
                if (await UserRow.FindAsync(db, id) is not { } row)
                {
                    return Errors.NoSuchUser(id);
                }

                if (!change(row.ToUser()).TryGet(out var user, out var error))
                {
                    return error;
                }

                if (UserRules.Check(user) is { } wrong)
                {
                    return wrong;
                }

                await UpdateAsync(db, user);
                return user;
            },
            ct
        );

    private static Task UpdateAsync(DbWrite db, User user) =>
        db.ExecuteAsync(
            """
            UPDATE account
            SET name = @Name, given_name = @GivenName, family_name = @FamilyName, avatar = @Avatar, role = @role
            WHERE id = @Id
            """,
            new
            {
                user.Id,
                user.Name,
                user.GivenName,
                user.FamilyName,
                user.Avatar,
                role = UserRow.Word(user.Role),
            }
        );

    private static async Task<Error?> IsTakenAsync(DbRead db, User user) =>
        user.IsBuiltIn || await UserRow.FindAsync(db, user.Id) is not null ? Errors.UserExists($"'{user.Id}'")
        : user.Email is not null && await HasEmailAsync(db, user.Email)
            ? Errors.UserExists($"with the address {user.Email}")
        : null;

    private static async Task<bool> HasEmailAsync(DbRead db, string email) =>
        await db.ScalarAsync<long>("SELECT COUNT(*) FROM account WHERE email = @email", new { email }) > 0;

    private static Task<string?> FindPreferencesAsync(DbRead db, string id) =>
        db.FirstOrDefaultAsync<string>("SELECT preferences FROM account WHERE id = @id", new { id });
}
