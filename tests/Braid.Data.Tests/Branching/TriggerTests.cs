using Braid.Data.Branching;
using Braid.Primitives;
using Braid.Testing;
using static Braid.Data.Tests.DataFixture;

namespace Braid.Data.Tests.Branching;

public sealed class TriggerTests
{
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_trigger_fires_on_the_third_commit(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("edges");
        await it.NewRepoAsync("montage");
        var trigger = new Trigger { Branch = "dev", Commits = 3 };
        Ok(await it.Data.Branches.CreateAsync(User, Branch("edges@master"), new() { Trigger = trigger }, default));
        await it.BranchAsync("montage@master", "edges@master");
        var quiet = (await it.CommitsAsync("montage")).Count;
        var third = default(Data.History.Commit);
        for (var i = 1; i <= 4; i++)
        {
            var put = Ok(await it.PutAsync("edges@dev", ("/a", $"{i}")));
            third = i == 3 ? put : third;
            Assert.Equal(quiet + (i < 3 ? 0 : 1), (await it.CommitsAsync("montage")).Count);
        }

        Assert.Equal(third?.Name, (await it.CommitAsync("edges@master")).Name);
        Assert.Equal([third!.Name], (await it.CommitAsync("montage@master")).DirectProvenance);
        Assert.Equal(trigger, Ok(await it.Data.Branches.InspectAsync(User, Branch("edges@master"), default)).Trigger);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Conditions_are_joined_by_or_unless_all_must_hold(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        await TriggerAsync(
            it,
            "any",
            new()
            {
                Branch = "dev",
                Commits = 3,
                Size = "10",
            }
        );
        await TriggerAsync(
            it,
            "all",
            new()
            {
                Branch = "dev",
                Commits = 3,
                Size = "10",
                All = true,
            }
        );

        Ok(await it.PutAsync("r@dev", ("/a", "0123456789")));
        Assert.Equal(10, (await it.CommitAsync("r@any")).Size);
        Assert.Equal(0, (await it.CommitAsync("r@all")).Size);
        Ok(await it.PutAsync("r@dev", ("/b", "1")));
        Assert.Equal(10, (await it.CommitAsync("r@any")).Size);
        Ok(await it.PutAsync("r@dev", ("/c", "2")));
        Assert.Equal(12, (await it.CommitAsync("r@all")).Size);
        Assert.Equal(10, (await it.CommitAsync("r@any")).Size);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_rate_limit_lets_one_commit_through_per_firing(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        await TriggerAsync(it, "master", new() { Branch = "dev", RateLimitSpec = "@every 1h" });

        Ok(await it.PutAsync("r@dev", ("/a", "1")));
        Assert.Equal(0, (await it.CommitAsync("r@master")).Files);
        it.Clock.Advance(TimeSpan.FromHours(2));
        Ok(await it.PutAsync("r@dev", ("/b", "2")));
        Assert.Equal(2, (await it.CommitAsync("r@master")).Files);
        Ok(await it.PutAsync("r@dev", ("/c", "3")));
        Assert.Equal(2, (await it.CommitAsync("r@master")).Files);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_chain_fires_from_branch_to_branch_in_a_set_of_its_own(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        await it.NewRepoAsync("out");
        await TriggerAsync(it, "staging", new() { Branch = "dev", Commits = 1 });
        await TriggerAsync(it, "master", new() { Branch = "staging", Commits = 2 });
        Ok(await it.PutAsync("r@dev", ("/a", "1")));
        await it.BranchAsync("out@of-dev", "r@dev");
        await it.BranchAsync("out@of-master", "r@master");
        var second = Ok(await it.PutAsync("r@dev", ("/b", "2")));

        Assert.Equal(second.Name, (await it.CommitAsync("r@staging")).Name);
        Assert.Equal(second.Name, (await it.CommitAsync("r@master")).Name);
        Assert.Equal(second.Name.Id, (await it.CommitAsync("out@of-dev")).Name.Id);
        var follows = await it.CommitAsync("out@of-master");
        Assert.NotEqual(second.Name.Id, follows.Name.Id);
        Assert.Equal([second.Name], follows.DirectProvenance);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_commit_that_failed_fires_nothing(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        await TriggerAsync(it, "master", new() { Branch = "dev", Commits = 1 });
        var before = await it.CommitAsync("r@master");

        Ok(await it.StartAsync("r@dev"));
        Ok(await it.FinishAsync("r@dev", "broken"));

        Assert.Equal(before.Name, (await it.CommitAsync("r@master")).Name);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_cron_trigger_fires_by_the_clock_only(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        await TriggerAsync(it, "master", new() { Branch = "dev", CronSpec = "@every 1h" });
        await TriggerAsync(it, "next", new() { Branch = "master", Commits = 1 });
        var good = Ok(await it.PutAsync("r@dev", ("/a", "1")));
        Ok(await it.StartAsync("r@dev"));
        await it.Data.CronTriggers.StepAsync(default);
        Assert.Equal(0, (await it.CommitAsync("r@master")).Files);

        it.Clock.Advance(TimeSpan.FromMinutes(61));
        await it.Data.CronTriggers.StepAsync(default);
        Assert.Equal(good.Name, (await it.CommitAsync("r@master")).Name);
        Assert.Equal(good.Name, (await it.CommitAsync("r@next")).Name);

        Ok(await it.FinishAsync("r@dev"));
        await it.Data.CronTriggers.StepAsync(default);
        Assert.Equal(good.Name, (await it.CommitAsync("r@master")).Name);
        it.Clock.Advance(TimeSpan.FromMinutes(61));
        await it.Data.CronTriggers.StepAsync(default);
        Assert.NotEqual(good.Name, (await it.CommitAsync("r@master")).Name);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_trigger_stays_when_its_branch_is_moved_by_hand(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        await it.NewRepoAsync("s");
        Ok(await it.PutAsync("r@dev", ("/a", "1")));
        var trigger = new Trigger { Branch = "dev", Commits = 3 };
        await TriggerAsync(it, "master", trigger);

        Ok(await it.Data.Branches.CreateAsync(User, Branch("r@master"), new() { Head = Spec("dev") }, default));
        var moved = Ok(await it.Data.Branches.InspectAsync(User, Branch("r@master"), default));
        await it.BranchAsync("r@master", "s@master");
        var dependent = Ok(await it.Data.Branches.InspectAsync(User, Branch("r@master"), default));

        Assert.Equal(trigger, moved.Trigger);
        Assert.Null(dependent.Trigger);
    }

    [Theory]
    [InlineData("100", 100)]
    [InlineData("1K", 1000)]
    [InlineData("1.5MB", 1_500_000)]
    [InlineData("2GiB", 2L << 30)]
    [InlineData("3 kb", 3000)]
    public void Sizes_are_read(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out var read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MB")]
    [InlineData("-1")]
    [InlineData("1X")]
    [InlineData("0")]
    [InlineData("99999999999P")]
    public void Bad_sizes_are_refused(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Bad_triggers_are_refused(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        await it.NewRepoAsync("s");
        Assert.Equal("triggers must specify a branch to trigger on", await ProblemAsync(new() { Commits = 1 }));
        Assert.Equal(
            "can't trigger on a negative number of commits",
            await ProblemAsync(new() { Branch = "b", Commits = -1 })
        );
        Assert.StartsWith(
            "invalid trigger size",
            await ProblemAsync(new() { Branch = "b", Size = "big" }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "invalid trigger cron spec",
            await ProblemAsync(new() { Branch = "b", RateLimitSpec = "often" }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "invalid trigger cron spec",
            await ProblemAsync(new() { Branch = "b", CronSpec = "* * *" }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "a trigger with a cron spec cannot have other conditions",
            await ProblemAsync(
                new()
                {
                    Branch = "b",
                    CronSpec = "@hourly",
                    Commits = 1,
                }
            ),
            StringComparison.Ordinal
        );
        Assert.Equal("triggers cannot form a loop", await ProblemAsync(new() { Branch = "a", Commits = 1 }));
        Assert.Equal(
            "a branch cannot have both provenance and a trigger",
            await ProblemAsync(new() { Branch = "b" }, Branch("s@master"))
        );

        async Task<string?> ProblemAsync(Trigger trigger, params Data.Naming.BranchName[] provenance) =>
            (
                await it.Data.Branches.CreateAsync(
                    User,
                    Branch("r@a"),
                    new() { Trigger = trigger, Provenance = provenance },
                    default
                )
            )
                .Error
                ?.Message;
    }

    private static async Task TriggerAsync(DataFixture it, string branch, Trigger trigger) =>
        Ok(await it.Data.Branches.CreateAsync(User, Branch($"r@{branch}"), new() { Trigger = trigger }, default));
}
