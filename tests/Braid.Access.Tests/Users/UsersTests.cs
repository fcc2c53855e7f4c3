using Braid.Access.Callers;
using Braid.Access.Users;
using Braid.Primitives;
using Braid.Testing;

namespace Braid.Access.Tests.Users;

public sealed class UsersTests
{
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_user_is_made_found_changed_and_deleted(string store)
    {
        await using var access = await AccessFixture.OpenAsync(store);
        var made = await access.HireAsync("ann");

        var changed = await access.Users.UpdateAsync(
            new Caller.Member("ann"),
            "ann",
            new() { Name = "Ann Lee", Avatar = "https://example.com/a.png" },
            default
        );

        Assert.Equal(made with { Name = "Ann Lee", Avatar = "https://example.com/a.png" }, changed.Value);
        Assert.Equal(changed.Value, (await access.Users.GetAsync(AccessFixture.Admin, "ann", default)).Value);
        Assert.Equal(
            ["admin", "ann"],
            (await access.Users.ListAsync(AccessFixture.Admin, default)).Value.Select(user => user.Id)
        );
        Assert.True((await access.Users.DeleteAsync(AccessFixture.Admin, "ann", default)).IsOk);
        Assert.Equal(
            ErrorKind.NotFound,
            (await access.Users.GetAsync(AccessFixture.Admin, "ann", default)).Error?.Kind
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task An_id_and_an_address_belong_to_one_user(string store)
    {
        await using var access = await AccessFixture.OpenAsync(store);
        var ann = new User
        {
            Id = "ann",
            Name = "Ann",
            Email = "ann@example.com",
        };
        await access.Users.CreateAsync(AccessFixture.Admin, ann, default);

        foreach (var second in (User[])[ann with { Email = null }, ann with { Id = "other" }])
        {
            Assert.Equal(
                ErrorKind.AlreadyExists,
                (await access.Users.CreateAsync(AccessFixture.Admin, second, default)).Error?.Kind
            );
        }
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Preferences_are_read_decided_and_written_as_one(string store)
    {
        await using var access = await AccessFixture.OpenAsync(store);
        await access.HireAsync("ann");
        var ann = new Caller.Member("ann");
        Assert.Equal("{}", (await access.Users.GetPreferencesAsync(ann, default)).Value);

        await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => access.Users.ChangePreferencesAsync(ann, old => old + "x", default))
        );

        Assert.Equal("{}xxxxxxxx", (await access.Users.GetPreferencesAsync(ann, default)).Value);
        Assert.Equal("{}", (await access.Users.GetPreferencesAsync(AccessFixture.Admin, default)).Value);
    }

    [Theory]
    [InlineData("ann@example.com", true)]
    [InlineData("A.b_c-d+e", true)]
    [InlineData("", false)]
    [InlineData("two words", false)]
    [InlineData("a/b", false)]
    [InlineData("zero\u0000", false)]
    [InlineData("аnn", false)] // a Cyrillic letter that looks like a Latin one
    [InlineData("Job", false)]
    [InlineData("braid", false)]
    public async Task An_id_cannot_be_taken_for_another(string id, bool isFit)
    {
        await using var access = await AccessFixture.OpenAsync("sqlite");

        var made = await access.Users.CreateAsync(AccessFixture.Admin, new() { Id = id, Name = "x" }, default);

        Assert.Equal(isFit, made.IsOk);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/relative.png")]
    public async Task An_avatar_is_an_address_on_the_web(string url)
    {
        await using var access = await AccessFixture.OpenAsync("sqlite");
        await access.HireAsync("ann");

        var changed = await access.Users.UpdateAsync(AccessFixture.Admin, "ann", new() { Avatar = url }, default);

        Assert.Equal("access.bad-avatar", changed.Error?.Code);
    }

    [Theory]
    [InlineData("Zoë 👩‍💻")] // joined by U+200D
    [InlineData("مریم‌جان")] // U+200C
    [InlineData("Ὀδυσσεύς")]
    public async Task Names_of_any_script_are_kept(string name)
    {
        await using var access = await AccessFixture.OpenAsync("sqlite");
        await access.HireAsync("ann");

        var changed = await access.Users.UpdateAsync(AccessFixture.Admin, "ann", new() { Name = name }, default);

        Assert.Equal(name, changed.Value.Name);
    }
}
