using Braid.Access.Callers;
using Braid.Testing;
using Braid.Workloads.Shares;

namespace Braid.Workloads.Tests;

public sealed class ShareTests
{
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_project_a_queue_and_a_namespace_are_one_row(string store)
    {
        await using var fixture = await WorkloadsFixture.OpenAsync(store);
        var terms = new ShareTerms { Gpu = new() { Quota = 4 } };
        var made = await fixture.Host.Shares.CreateAsync(
            WorkloadsFixture.Someone,
            new("clearml", Queue: "runai-clearml") { Terms = terms },
            default
        );
        Assert.True(made.IsOk, made.Error?.Message);
        Assert.Equal("runai-clearml", made.Value.Namespace);
        var queue = await fixture.Queues.GetAsync(WorkloadsFixture.Someone, made.Value.Id, 0, default);
        Assert.Equal("runai-clearml", queue.Value.Name);
        Assert.Equal(4, (await fixture.Host.Shares.GetAsync("clearml", default)).Value.Terms.Gpu.Quota);
    }

    [Fact]
    public async Task Terms_change_and_those_that_make_no_sense_are_refused()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var shares = fixture.Host.Shares;
        var changed = await shares.ChangeAsync(
            WorkloadsFixture.Someone,
            "default",
            terms => terms with { Priority = 7 },
            default
        );
        Assert.Equal(7, changed.Value.Terms.Priority);
        var bad = await shares.ChangeAsync(
            WorkloadsFixture.Someone,
            "default",
            terms => terms with { Gpu = new() { Quota = -3 } },
            default
        );
        Assert.Equal("workloads.bad-terms", bad.Error?.Code);
        Assert.Equal(7, (await shares.GetAsync("default", default)).Value.Terms.Priority);
    }

    [Fact]
    public async Task Only_administrators_change_shares()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var refused = await fixture.Host.Shares.CreateAsync(new Caller.Member("ada"), new("vision"), default);
        Assert.Equal("access.only-administrators", refused.Error?.Code);
    }

    [Theory]
    [InlineData("default", "workloads.share-exists")]
    [InlineData("Vision", "workloads.bad-share-name")]
    [InlineData("a/b", "workloads.bad-share-name")]
    public async Task A_name_that_will_not_do_is_refused(string name, string code)
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        Assert.Equal(
            code,
            (await fixture.Host.Shares.CreateAsync(WorkloadsFixture.Someone, new(name), default)).Error?.Code
        );
    }

    [Fact]
    public async Task A_share_with_work_or_parts_stays()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var shares = fixture.Host.Shares;
        await shares.CreateAsync(WorkloadsFixture.Someone, new("research"), default);
        await shares.CreateAsync(WorkloadsFixture.Someone, new("vision", "research"), default);
        Assert.Equal(
            "workloads.share-in-use",
            (await shares.DeleteAsync(WorkloadsFixture.Someone, "research", default)).Error?.Code
        );
        Assert.True((await shares.DeleteAsync(WorkloadsFixture.Someone, "vision", default)).IsOk);
        Assert.True((await shares.DeleteAsync(WorkloadsFixture.Someone, "research", default)).IsOk);
    }

    [Fact]
    public async Task Work_is_submitted_to_leaves_only()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        await fixture.Host.Shares.CreateAsync(WorkloadsFixture.Someone, new("research"), default);
        await fixture.Host.Shares.CreateAsync(WorkloadsFixture.Someone, new("vision", "research"), default);
        var refused = await fixture.Host.Workloads.SubmitAsync(
            WorkloadsFixture.Someone,
            new("train", "research", WorkloadsFixture.NewSpec()),
            default
        );
        Assert.Equal("workloads.share-is-no-leaf", refused.Error?.Code);
    }
}
