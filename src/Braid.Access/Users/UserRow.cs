using Braid.Access.Callers;
using Braid.Access.Texts;
using Braid.Metadata;

namespace Braid.Access.Users;

/// <summary>A stored user.</summary>
internal sealed record UserRow
{
    public const string Columns = "id, name, email, given_name, family_name, avatar, role, created_at";

    private const string administrator = "administrator";
    private const string member = "member";

    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
    public string? Email { get; init; }
    public string GivenName { get; init; } = "";
    public string FamilyName { get; init; } = "";
    public string Avatar { get; init; } = "";
    public string Role { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }

    public static Task<UserRow?> FindAsync(DbRead db, string id) =>
        !DisplayText.IsStorable(id)
            ? Task.FromResult<UserRow?>(null)
            : db.FirstOrDefaultAsync<UserRow>($"SELECT {Columns} FROM account WHERE id = @id", new { id });

    public static Task InsertAsync(DbWrite db, User user) =>
        db.ExecuteAsync(
            $"""
            INSERT INTO account ({Columns}, preferences)
            VALUES (@Id, @Name, @Email, @GivenName, @FamilyName, @Avatar, @role, @CreatedAt, '{Users.NoPreferences}')
            ON CONFLICT (id) DO NOTHING
            """,
            new
            {
                user.Id,
                user.Name,
                user.Email,
                user.GivenName,
                user.FamilyName,
                user.Avatar,
                role = Word(user.Role),
                user.CreatedAt,
            }
        );

    public static string Word(UserRole role) => role == UserRole.Administrator ? administrator : member;

    public static UserRole RoleOf(string word) =>
        word switch
        {
            administrator => UserRole.Administrator,
            member => UserRole.Member,
            _ => throw new InvalidOperationException($"no role is called {word}"),
        };

    /// <summary>The caller that a user is.</summary>
    public static Caller ToCaller(string id, string role) =>
        RoleOf(role) == UserRole.Administrator ? new Caller.Administrator(id) : new Caller.Member(id);

    public User ToUser() =>
        new()
        {
            Id = Id,
            Name = Name,
            Email = Email,
            GivenName = GivenName,
            FamilyName = FamilyName,
            Avatar = Avatar,
            Role = RoleOf(Role),
            CreatedAt = CreatedAt,
        };
}
