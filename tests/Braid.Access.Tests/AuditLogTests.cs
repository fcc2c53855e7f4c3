using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Access.Users;
using Braid.Primitives;
using Braid.Testing;

namespace Braid.Access.Tests;

public sealed class AuditLogTests
{
    private static readonly CallerOrigin desk = new("web", "10.0.0.7");
    private static readonly Caller admin = AccessFixture.Admin with { Origin = desk };
    private static readonly Caller ann = new Caller.Member("ann") { Origin = desk };

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_was_changed_is_told_with_who_did_it_and_from_where(string store)
    {
        await using var access = await AccessFixture.OpenAsync(store);
        var eve = new User { Id = "eve", Name = "Eve" };
        await access.Users.CreateAsync(admin, eve, default);
        access.Clock.Advance(TimeSpan.FromMinutes(1));
        await access.Users.SetRoleAsync(admin, "eve", UserRole.Administrator, default);

        var told = (await ListAsync(access, new())).Entries[0];
        Assert.Equal(
            (access.Clock.GetUtcNow(), "admin", "web", "10.0.0.7", "user.role", "eve", "administrator", ""),
            (told.At, told.UserName, told.Door, told.Address, told.Action, told.Target, told.Details, told.Outcome)
        );
        Assert.Equal(["user.role", "user.create"], await ActionsAsync(access, new()));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_somebody_may_not_is_told_as_refused_and_what_cannot_be_is_not_told(string store)
    {
        await using var access = await AccessFixture.OpenAsync(store);
        await access.Users.DeleteAsync(ann, "admin", default);
        await access.Users.DeleteAsync(admin, "nobody", default);

        var told = Assert.Single((await ListAsync(access, new())).Entries);
        Assert.Equal(
            ("ann", "user.delete", "admin", "access.only-administrators"),
            (told.UserName, told.Action, told.Target, told.Outcome)
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Lines_are_found_by_user_group_part_of_the_target_time_and_outcome_page_by_page(string store)
    {
        await using var access = await AccessFixture.OpenAsync(store);
        await access.HireAsync("ann");
        var begin = access.Clock.GetUtcNow();
        access.Clock.Advance(TimeSpan.FromHours(1));
        var keys = (await access.Keys.CreateAsync(ann, "laptop", default)).Value;
        await access.Keys.RevokeAsync(ann, keys.AccessKey, default);
        await access.Users.DeleteAsync(ann, "admin", default);

        Assert.Equal(["key.revoke", "key.create"], await ActionsAsync(access, new() { Action = "key" }));
        Assert.Equal(["key.create"], await ActionsAsync(access, new() { Action = "key.create" }));
        Assert.Equal(["user.create"], await ActionsAsync(access, new() { User = "admin" }));
        Assert.Equal(["user.delete"], await ActionsAsync(access, new() { Target = "DMI" }));
        Assert.Equal(["user.delete"], await ActionsAsync(access, new() { IsRefused = true }));
        Assert.Equal(["user.create"], await ActionsAsync(access, new() { Until = begin + TimeSpan.FromMinutes(1) }));
        Assert.Equal(3, (await ListAsync(access, new() { Since = begin + TimeSpan.FromMinutes(1) })).Entries.Count);

        var first = await ListAsync(access, new() { Limit = 3 });
        var last = await ListAsync(access, new() { Limit = 3, Before = first.Entries[^1].Number });
        Assert.Equal((true, false), (first.More, last.More));
        Assert.Equal(["user.create"], last.Entries.Select(entry => entry.Action));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Refused_key_pairs_are_told_once_a_step_with_how_often_and_without_what_was_sent(string store)
    {
        await using var access = await AccessFixture.OpenAsync(store);
        var authenticator = access.Authenticator;
        for (var guess = 0; guess < 3; guess++)
        {
            await authenticator.FromKeyAsync(AccessFixture.AdminKeys with { SecretKey = $"{guess}" }, desk, default);
        }

        await authenticator.FromKeyAsync(new("a secret in the wrong field", "x"), desk, default);
        await authenticator.SignIns.StepAsync(default);
        await authenticator.SignIns.StepAsync(default);

        var told = (await ListAsync(access, new() { IsRefused = true })).Entries;
        Assert.Equal(
            [("", ""), ("admin", "3 times")],
            told.Select(entry => (entry.UserName, entry.Details)).Order().ToArray()
        );
        Assert.All(told, entry => Assert.Equal("access.bad-credentials", entry.Outcome));
        Assert.All(told, entry => Assert.DoesNotContain("wrong field", entry.Target, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Guessing_from_many_places_makes_a_bounded_number_of_lines()
    {
        await using var access = await AccessFixture.OpenAsync("sqlite");
        for (var at = 0; at < 500; at++)
        {
            await access.Authenticator.FromKeyAsync(
                new("NOBODY", "x"),
                new CallerOrigin("s3", $"10.0.0.{at}"),
                default
            );
        }

        await access.Authenticator.SignIns.StepAsync(default);
        var told = (await ListAsync(access, new() { Limit = AuditQuery.MostLines })).Entries;
        Assert.Equal(201, told.Count);
        Assert.Contains(told, entry => entry is { Address: "", Details: "300 times" });
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Lines_that_are_too_old_are_forgotten(string store)
    {
        await using var access = await AccessFixture.OpenAsync(store);
        await access.HireAsync("ann");
        access.Clock.Advance(TimeSpan.FromDays(89));
        await access.HireAsync("eve");
        access.Clock.Advance(TimeSpan.FromDays(2));
        await Log(access).StepAsync(default);
        Assert.Equal(["eve"], (await ListAsync(access, new())).Entries.Select(entry => entry.Target));
    }

    [Fact]
    public async Task Only_administrators_read_it_and_what_jobs_and_loops_do_is_not_in_it()
    {
        await using var access = await AccessFixture.OpenAsync("sqlite");
        Assert.Equal(ErrorKind.PermissionDenied, (await Log(access).ListAsync(ann, new(), default)).Error?.Kind);
        var loop = new Caller.Internal("test");
        await access.Users.CreateAsync(loop, new() { Id = "eve", Name = "Eve" }, default);
        var job = new Caller.Job(new(IdSource.System.Next()), new(IdSource.System.Next()), "1", new HashSet<string>());
        Assert.False((await access.Users.DeleteAsync(job, "eve", default)).IsOk);
        Assert.Empty((await ListAsync(access, new())).Entries);
    }

    private static AuditLog Log(AccessFixture access) => new(access.Database, access.Clock, TimeSpan.FromDays(90));

    private static async Task<AuditPage> ListAsync(AccessFixture access, AuditQuery query) =>
        (await Log(access).ListAsync(admin, query, default)).Value;

    private static async Task<IEnumerable<string>> ActionsAsync(AccessFixture access, AuditQuery query) =>
        (await ListAsync(access, query)).Entries.Select(entry => entry.Action);
}
