using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Access.Users;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Testing;

namespace Braid.Access.Tests;

/// <summary>The rooms of this module over a database of the test's own, with a clock that stands still.</summary>
internal sealed class AccessFixture : IAsyncDisposable
{
    private readonly TestDatabase test;

    private AccessFixture(TestDatabase test, ManualClock clock, bool open)
    {
        this.test = test;
        Clock = clock;
        Authenticator = Authenticating(open);
        Users = new(test.Database, clock);
        Keys = new(test.Database, Authenticator);
    }

    public static Caller Admin { get; } = new Caller.Administrator(User.InstallationAdministrator);

    public static KeyPair AdminKeys { get; } = new("ADMINKEY", "admin-secret");

    public ManualClock Clock { get; }

    public Database Database => test.Database;

    public Authenticator Authenticator { get; }

    public Braid.Access.Users.Users Users { get; }

    public UserKeys Keys { get; }

    public static async Task<AccessFixture> OpenAsync(string store, bool open = false)
    {
        var clock = new ManualClock();
        var test = await TestDatabase.OpenAsync(store, AccessSchema.Migrations, clock);
        var fixture = new AccessFixture(test, clock, open);
        await fixture.Authenticator.SetAdministratorAsync(AdminKeys, default);
        return fixture;
    }

    /// <summary>As another start of the server would make it.</summary>
    public Authenticator Authenticating(bool open) =>
        new(Database, new(new byte[SecretBox.KeySize]), Clock, IdSource.System, open);

    public async Task<User> HireAsync(string id, UserRole role = UserRole.Member)
    {
        var user = new User
        {
            Id = id,
            Name = id,
            Role = role,
        };
        return (await Users.CreateAsync(Admin, user, default)).Value;
    }

    public ValueTask DisposeAsync() => test.DisposeAsync();
}
