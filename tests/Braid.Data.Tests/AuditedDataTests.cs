using Braid.Access.Callers;
using Braid.Data.Integrity;
using Braid.Data.Naming;
using Braid.Primitives;
using Braid.Storage.Roots;
using Braid.Storage.Sweeping;
using Braid.Testing;
using static Braid.Data.Tests.DataFixture;

namespace Braid.Data.Tests;

/// <summary>What people destroy here, and what they decide for others, is in the audit log.</summary>
public sealed class AuditedDataTests
{
    private static readonly Caller member = new Caller.Member("bob");

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Of_data_it_tells_what_cannot_be_taken_back(string store)
    {
        await using var it = await OpenAsync(store);
        var repo = await it.NewRepoAsync("r");
        var sets = new List<CommitSetId>();
        foreach (var name in (string[])["/a", "/b", "/c", "/d", "/e"])
        {
            sets.Add(Ok(await it.PutAsync("r@master", (name, "1"))).Name.Id);
        }

        Ok(await it.Data.CommitSets.SquashAsync(member, sets[0], default));
        Ok(await it.Data.Commits.SquashAsync(member, repo, Spec($"{sets[1]}"), recursive: false, default));
        Ok(await it.Data.CommitSets.DropAsync(member, sets[4], default));
        Ok(await it.Data.Commits.DropAsync(member, repo, Spec("master"), recursive: false, default));
        Ok(await it.PutAsync("r@master", ("/f", "1")));
        Ok(await it.Data.Commits.ForgetAsync(member, repo, Spec("master^"), default));
        Ok(await it.Data.Overlaps.SetRoleAsync(member, repo, "train", default));
        await it.BranchAsync("r@other");
        Ok(await it.Data.Branches.DeleteAsync(member, Branch("r@other"), force: false, default));
        Ok(await it.Data.Repos.DeleteAsync(member, repo, force: false, default));
        Ok(await it.Data.Repos.DeleteAsync(member, repo, force: false, default));

        Assert.Equal(
            [
                $"commit.squash {sets[0]}",
                $"commit.squash {repo}@{sets[1]}",
                $"commit.drop {sets[4]}",
                $"commit.drop {repo}@master",
                $"commit.forget {repo}@master^1",
                $"repo.role {repo}: train",
                $"branch.delete {repo}@other",
                $"repo.delete {repo}",
            ],
            await ToldActs.ReadAsync(it.Test.Database)
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Of_the_server_it_tells_what_administrators_clear_away_and_who_tried(string store)
    {
        await using var it = await OpenAsync(store);
        var sweeper = new Sweeper(
            it.Content,
            new NoRoots(),
            new FreeLease(),
            new() { Interval = Sweeper.Never },
            it.Clock,
            IdSource.System
        );
        var reclaiming = new Reclaiming(it.Test.Database, sweeper);
        var plan = Ok(await reclaiming.PlanAsync(User, default)).Id;
        foreach (var caller in (Caller[])[member, User])
        {
            await it.Data.Pending.DeleteAllAsync(caller, default);
            await it.Data.DeleteAllAsync(caller, default);
            await reclaiming.ApplyAsync(caller, plan, default);
        }

        Assert.Equal(SweepPhase.Marking, Ok(reclaiming.Look(User)).Phase);
        await reclaiming.ApplyAsync(User, new(1), default);
        var repair = new IntegrityRepair("counted anew", _ => Task.FromResult(true));
        Assert.True(await it.Data.Integrity.RepairAsync(User, repair, default));
        Assert.False(
            await it.Data.Integrity.RepairAsync(User, repair with { RunAsync = _ => Task.FromResult(false) }, default)
        );

        string[] acts = ["transaction.delete-all all", "data.delete-all all", $"gc.apply {plan}"];
        Assert.Equal(
            [.. acts.Select(act => $"{act} refused"), .. acts, "data.repair counted anew"],
            await ToldActs.ReadAsync(it.Test.Database)
        );
    }

    private sealed class FreeLease : ISweepLease
    {
        public Task<bool> TakeAsync(CancellationToken ct) => Task.FromResult(true);
    }

    private sealed class NoRoots : IStoredRoots
    {
        public Task VisitAsync(Action<StoredRoot> visit, CancellationToken ct) => Task.CompletedTask;
    }
}
