using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Testing;
using static Braid.Data.Tests.DataFixture;

namespace Braid.Data.Tests.Propagation;

public sealed class PropagationTests
{
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task One_put_makes_one_set_through_two_stages(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("images");
        await it.NewRepoAsync("edges");
        await it.NewRepoAsync("montage");
        await it.BranchAsync("edges@master", "images@master");
        await it.BranchAsync("montage@master", "images@master", "edges@master");

        var put = Ok(await it.PutAsync("images@master", ("/a", "1")));
        var set = Ok(await it.Data.CommitSets.InspectAsync(User, put.Name.Id, default));

        Assert.Equal(["default/images", "default/edges", "default/montage"], set.Commits.Select(c => $"{c.Name.Repo}"));
        Assert.All(set.Commits, commit => Assert.Equal(put.Name.Id, commit.Name.Id));
        var montage = set.Commits[2];
        Assert.Equal(CommitOrigin.Auto, montage.Origin);
        Assert.False(montage.IsFinished);
        Assert.Equal([put.Name, set.Commits[1].Name], montage.DirectProvenance);
        Assert.Equal([montage.Name], set.Commits[1].DirectSubvenance);
        // images@<the set's id> and edges@<the set's id> name the same event.
        Assert.Equal(put.Name.Id, (await it.CommitAsync($"edges@{put.Name.Id}")).Name.Id);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_set_is_shown_with_the_older_commits_it_was_made_from(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("images");
        await it.NewRepoAsync("edges");
        Ok(await it.Data.Repos.CreateAsync(User, Repo("edges.spec"), "", false, default));
        var spec = Ok(await it.PutAsync("edges.spec@master", ("/spec", "{}")));
        await it.BranchAsync("edges@master", "edges.spec@master", "images@master");
        var put = Ok(await it.PutAsync("images@master", ("/a", "1")));

        var set = Ok(await it.Data.CommitSets.InspectAsync(User, put.Name.Id, default));
        Assert.Equal([spec.Name, put.Name, new(Repo("edges"), put.Name.Id)], set.Commits.Select(c => c.Name));
        // A commit of an older set is found by the id of a set that was made from it.
        Assert.Equal(spec.Name, (await it.CommitAsync($"edges.spec@{put.Name.Id}")).Name);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_branch_on_an_empty_repo_gets_a_commit_at_once(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("images");
        await it.NewRepoAsync("edges");
        var told = new Recorder();
        it.Data.Listen(told);
        await it.BranchAsync("edges@master", "images@master");

        var empty = await it.CommitAsync("images@master");
        Assert.True(empty.IsFinished);
        Assert.Equal(0, empty.Size);
        var output = await it.CommitAsync("edges@master");
        Assert.Equal(empty.Name.Id, output.Name.Id);
        Assert.Equal([empty.Name, output.Name], Assert.Single(told.Made).Commits.Select(c => c.Name));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_transaction_over_two_inputs_makes_one_set_and_tells_once(string store)
    {
        await using var it = await OpenAsync(store);
        foreach (var repo in new[] { "a", "b", "both" })
        {
            await it.NewRepoAsync(repo);
        }

        await it.BranchAsync("both@master", "a@master", "b@master");
        var told = new Recorder();
        it.Data.Listen(told);
        var set = Ok(
            await it.Data.Transactions.RunAsync<CommitSetId>(
                "ann",
                async tx =>
                {
                    Ok(await it.Data.Commits.StartAsync(tx, Branch("a@master"), null, ""));
                    Ok(await it.Data.Commits.StartAsync(tx, Branch("b@master"), null, ""));
                    return tx.Set;
                },
                default
            )
        );

        var (toldSet, commits) = Assert.Single(told.Made);
        Assert.Equal(set, toldSet);
        Assert.Equal(["default/a", "default/b", "default/both"], commits.Select(c => $"{c.Name.Repo}"));
        var output = await it.Data.Commits.InspectAsync(
            User,
            Repo("both"),
            Spec("master"),
            CommitState.Started,
            default
        );
        Assert.Equal(set, Ok(output).Name.Id);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_second_commit_in_one_repo_in_a_transaction_is_refused(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("a");
        var result = await it.Data.Transactions.RunAsync<Unit>(
            "ann",
            async tx =>
            {
                Ok(await it.Data.Commits.StartAsync(tx, Branch("a@one"), null, ""));
                return (await it.Data.Commits.StartAsync(tx, Branch("a@two"), null, "")).Select(_ => Unit.Value);
            },
            default
        );
        Assert.Contains("already has a commit in this transaction", result.Error?.Message, StringComparison.Ordinal);
        Assert.Empty(await it.CommitsAsync("a"));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Moving_a_branch_makes_a_set_without_copying(string store)
    {
        // Deferred processing: edges writes to dev, montage reads master.
        await using var it = await OpenAsync(store);
        foreach (var repo in new[] { "images", "edges", "montage" })
        {
            await it.NewRepoAsync(repo);
        }

        await it.BranchAsync("edges@dev", "images@master");
        await it.BranchAsync("montage@master", "edges@master");
        var before = (await it.CommitsAsync("montage")).Count;
        var put = Ok(await it.PutAsync("images@master", ("/a", "1")));
        await it.FinishOutputAsync($"edges@{put.Name.Id}");
        Assert.Equal(before, (await it.CommitsAsync("montage")).Count);

        Ok(await it.Data.Branches.CreateAsync(User, Branch("edges@master"), new() { Head = Spec("dev") }, default));

        var montage = (await it.CommitsAsync("montage"))[0];
        Assert.NotEqual(put.Name.Id, montage.Name.Id);
        Assert.Equal([new CommitName(Repo("edges"), put.Name.Id)], montage.DirectProvenance);
        var set = Ok(await it.Data.CommitSets.InspectAsync(User, montage.Name.Id, default));
        Assert.Single(set.Commits, commit => commit.Name.Id == montage.Name.Id);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_listener_that_throws_undoes_the_commit(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("a");
        var told = new Recorder { Throws = true };
        it.Data.Listen(told);
        await Assert.ThrowsAsync<InvalidOperationException>(() => it.PutAsync("a@master", ("/x", "1")));
        told.Throws = false;
        Assert.Empty(await it.CommitsAsync("a"));
        Assert.Equal(ErrorKind.NotFound, (await it.InspectAsync("a@master")).Error?.Kind);
        Ok(await it.PutAsync("a@master", ("/x", "1")));
        Assert.Single(await it.CommitsAsync("a"));
    }

    private sealed class Recorder : ICommitSetListener
    {
        public List<(CommitSetId Set, IReadOnlyList<Commit> Commits)> Made { get; } = [];

        public bool Throws { get; set; }

        public Task OnCommitsMadeAsync(DbWrite db, CommitSetId set, IReadOnlyList<Commit> made)
        {
            Made.Add((set, made));
            return Throws ? throw new InvalidOperationException("the power went out") : Task.CompletedTask;
        }
    }
}
