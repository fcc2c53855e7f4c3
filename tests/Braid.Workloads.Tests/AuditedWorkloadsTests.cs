using Braid.Access.Callers;
using Braid.Testing;
using Braid.Workloads.Shares;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Tests;

/// <summary>What people let run and stop, and what they decide about machines and quotas, is in the audit log.</summary>
public sealed class AuditedWorkloadsTests
{
    private static readonly Caller ann = new Caller.Member("ann");
    private static readonly Caller bob = new Caller.Member("bob");

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Of_workloads_it_tells_who_submitted_suspended_resumed_and_stopped_them_and_who_tried(string store)
    {
        await using var fixture = await WorkloadsFixture.OpenAsync(store);
        var workloads = fixture.Host.Workloads;
        var work = new NewWorkload("train", "default", WorkloadsFixture.NewSpec());
        var id = (await workloads.SubmitAsync(ann, work, default)).Value.Id;
        await workloads.SubmitAsync(ann, work, default);
        await workloads.StopAsync(bob, id, default);
        await workloads.SuspendAsync(ann, id, default);
        await workloads.ResumeAsync(ann, id, default);
        await workloads.StopAsync(WorkloadsFixture.Someone, id, default);
        await workloads.StopAsync(ann, id, default);

        Assert.Equal(
            [
                "workload.submit train: to default",
                $"workload.stop {id} refused",
                $"workload.suspend {id}",
                $"workload.resume {id}",
                $"workload.stop {id}",
            ],
            await ToldActs.ReadAsync(fixture.Database)
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Of_quotas_and_machines_it_tells_what_administrators_changed(string store)
    {
        await using var fixture = await WorkloadsFixture.OpenAsync(store);
        await fixture.RegisterAsync();
        var shares = fixture.Host.Shares;
        await shares.CreateAsync(ann, new("vision"), default);
        await shares.CreateAsync(WorkloadsFixture.Someone, new("vision"), default);
        await shares.ChangeAsync(WorkloadsFixture.Someone, "vision", More, default);
        await shares.ChangeAsync(WorkloadsFixture.Someone, "vision", Elsewhere, default);
        await shares.DeleteAsync(WorkloadsFixture.Someone, "vision", default);
        foreach (var isCordoned in (bool[])[true, false])
        {
            await fixture.Host.Nodes.CordonAsync(WorkloadsFixture.Someone, "node-a", isCordoned, default);
        }

        await fixture.Host.Nodes.DeleteAsync(WorkloadsFixture.Someone, "node-a", default);
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        await fixture.Host.Nodes.DeleteAsync(WorkloadsFixture.Someone, "node-a", default);

        Assert.Equal(
            [
                "quota.create vision refused",
                "quota.create vision",
                "quota.change vision: gpu.quota 0 to 2.5, gpu.limit unlimited to 4, priority 100 to 7",
                "quota.change vision: node_pools [] to [a b], train_time_limit none to 08:00:00",
                "quota.delete vision",
                "machine.cordon node-a",
                "machine.uncordon node-a",
                "machine.delete node-a",
            ],
            await ToldActs.ReadAsync(fixture.Database)
        );

        static ShareTerms More(ShareTerms terms) =>
            terms with
            {
                Gpu = terms.Gpu with { Quota = 2.5, Limit = 4 },
                Priority = 7,
            };

        static ShareTerms Elsewhere(ShareTerms terms) =>
            terms with
            {
                NodePools = ["a", "b"],
                TrainTimeLimit = TimeSpan.FromHours(8),
            };
    }
}
