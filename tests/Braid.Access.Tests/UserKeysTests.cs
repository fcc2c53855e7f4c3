using Braid.Access.Callers;
using Braid.Access.Users;
using Braid.Primitives;
using Braid.Testing;

namespace Braid.Access.Tests;

public sealed class UserKeysTests
{
    private static readonly Caller ann = new Caller.Member("ann");

    private static CallerOrigin From(string machine) => CallerOrigin.Unknown with { Machine = machine };

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_pair_is_its_user_with_the_users_role(string store)
    {
        await using var access = await AccessFixture.OpenAsync(store);
        await access.HireAsync("ann");
        var keys = (await access.Keys.CreateAsync(ann, "laptop", default)).Value;

        Assert.Equal(ann, (await access.Authenticator.FromKeyAsync(keys, default)).Value);
        Assert.Equal(ann, (await access.Authenticator.FindKeyAsync(keys.AccessKey, default)).Value.Owner);
        await access.Users.SetRoleAsync(AccessFixture.Admin, "ann", UserRole.Administrator, default);
        Assert.Equal(new Caller.Administrator("ann"), (await access.Authenticator.FromKeyAsync(keys, default)).Value);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Revoking_a_pair_or_deleting_its_user_ends_it_with_its_tokens(string store)
    {
        await using var access = await AccessFixture.OpenAsync(store);
        await access.HireAsync("ann");
        var revoked = (await access.Keys.CreateAsync(ann, "", default)).Value;
        var kept = (await access.Keys.CreateAsync(ann, "", default)).Value;
        var tokens = new[] { revoked, kept }.Select(keys => Token(access, keys.AccessKey)).ToList();

        Assert.True((await access.Keys.RevokeAsync(ann, revoked.AccessKey, default)).IsOk);
        Assert.False((await access.Authenticator.FromTokenAsync(tokens[0], default)).IsOk);
        Assert.False((await access.Authenticator.FromKeyAsync(revoked, default)).IsOk);
        Assert.True((await access.Authenticator.FromTokenAsync(tokens[1], default)).IsOk);

        await access.Users.DeleteAsync(AccessFixture.Admin, "ann", default);
        Assert.False((await access.Authenticator.FromTokenAsync(tokens[1], default)).IsOk);
        Assert.Equal("access.no-such-user", (await access.Keys.CreateAsync(ann, "", default)).Error?.Code);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task An_ended_session_stays_ended_for_as_long_as_its_tokens_could_hold(string store)
    {
        await using var access = await AccessFixture.OpenAsync(store);
        var authenticator = access.Authenticator;
        var token = Token(access, "ADMINKEY");
        await authenticator.EndSessionAsync(token, default);
        await authenticator.EndSessionAsync(token, default);
        var renewed = authenticator.RenewToken(token, Credentials.Authenticator.LongestLifetime, NoClaims).Value;

        access.Clock.Advance(Credentials.Authenticator.LongestLifetime - TimeSpan.FromMinutes(1));
        await authenticator.EndSessionAsync(Token(access, "ADMINKEY"), default);
        Assert.False((await authenticator.FromTokenAsync(renewed, default)).IsOk);
        Assert.Equal(2, await EndedAsync(access));

        access.Clock.Advance(TimeSpan.FromDays(2));
        await authenticator.EndSessionAsync(Token(access, "ADMINKEY"), default);
        Assert.Equal(2, await EndedAsync(access));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Uses_are_noted_and_written_down_once(string store)
    {
        await using var access = await AccessFixture.OpenAsync(store);
        await access.HireAsync("ann");
        var keys = (await access.Keys.CreateAsync(ann, "", default)).Value;
        var made = access.Clock.GetUtcNow();
        Assert.Null((await access.Keys.ListAsync(ann, default)).Value.Single().LastUsedAt);

        access.Clock.Advance(TimeSpan.FromMinutes(1));
        await access.Authenticator.FromKeyAsync(keys, From("node-1"), default);
        await access.Authenticator.FromKeyAsync(keys with { SecretKey = "guess" }, From("thief"), default);
        await access.Authenticator.Uses.StepAsync(default);
        access.Clock.Advance(TimeSpan.FromMinutes(1));

        var written = 0;
        access.Database.Watch = _ => Interlocked.Increment(ref written);
        await access.Authenticator.Uses.StepAsync(default);
        Assert.Equal(0, written);
        var key = (await access.Keys.ListAsync(ann, default)).Value.Single();
        Assert.Equal((made + TimeSpan.FromMinutes(1), "node-1"), (key.LastUsedAt!.Value, key.LastUsedFrom));
    }

    [Fact]
    public async Task What_nobody_in_particular_made_is_worth_nothing_where_somebody_is_demanded()
    {
        await using var access = await AccessFixture.OpenAsync("sqlite", open: true);
        var nobody = access.Authenticator.FromNothing().Value;
        var keys = (await access.Keys.CreateAsync(nobody, "", default)).Value;
        var token = Token(access, keys.AccessKey);

        Assert.Equal(nobody, (await access.Authenticator.FromKeyAsync(keys, default)).Value);
        var closed = access.Authenticating(open: false);
        Assert.False((await closed.FromKeyAsync(keys, default)).IsOk);
        Assert.False((await closed.FromTokenAsync(token, default)).IsOk);
        Assert.False((await closed.FindKeyAsync(keys.AccessKey, default)).IsOk);
    }

    [Fact]
    public async Task The_pair_of_the_installation_is_changed_by_its_file_only()
    {
        await using var access = await AccessFixture.OpenAsync("sqlite");
        var revoked = await access.Keys.RevokeAsync(AccessFixture.Admin, AccessFixture.AdminKeys.AccessKey, default);

        Assert.Equal("access.installation-key", revoked.Error?.Code);
        var own = (await access.Keys.CreateAsync(AccessFixture.Admin, "", default)).Value;
        await access.Authenticator.SetAdministratorAsync(new("NEWKEY", "new-secret"), default);
        Assert.True((await access.Authenticator.FromKeyAsync(own, default)).IsOk);
        Assert.False((await access.Authenticator.FromKeyAsync(AccessFixture.AdminKeys, default)).IsOk);
    }

    private static Dictionary<string, object> NoClaims { get; } = [];

    private static string Token(AccessFixture access, string accessKey) =>
        access.Authenticator.IssueToken(accessKey, TimeSpan.FromDays(30), NoClaims);

    private static Task<long> EndedAsync(AccessFixture access) =>
        access.Database.ReadAsync(db => db.ScalarAsync<long>("SELECT COUNT(*) FROM ended_session"), default);
}
