using Braid.Access.Callers;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Primitives;
using Braid.Testing;
using static Braid.Data.Tests.DataFixture;

namespace Braid.Data.Tests.History;

public sealed class CommitTests
{
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_put_to_a_branch_is_one_finished_commit_on_top_of_the_last(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("images");
        var first = Ok(await it.PutAsync("images@master", ("/liberty.png", "12345")));
        it.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = Ok(await it.PutAsync("images@master", ("/liberty.png", "12345")));

        Assert.Equal([second.Name, first.Name], (await it.CommitsAsync("images")).Select(c => c.Name));
        Assert.All(
            [first, second],
            commit => Assert.Equal((CommitOrigin.User, true, 5L), (commit.Origin, commit.IsFinished, commit.Size))
        );
        Assert.Null(first.Parent);
        Assert.Equal(first.Name, second.Parent);
        Assert.Equal(first.Root, second.Root);
        Assert.Equal([second.Name], (await it.CommitAsync($"images@{first.Name.Id}")).Children);
        Assert.Equal("ann", first.StartedBy);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task An_explicit_commit_is_open_until_it_is_finished(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("images");
        var open = Ok(await it.StartAsync("images@master"));
        Ok(await it.PutAsync("images@master", ("/a", "1")));
        Ok(await it.PutAsync($"images@{open.Name.Id}", ("/b", "22")));
        Assert.Equal(["/a", "/b"], await it.ListAsync("images@master"));
        Assert.Null((await it.CommitAsync("images@master")).Finished);
        Assert.Single(await it.CommitsAsync("images"));
        Assert.Contains(
            "has not been finished",
            (await it.StartAsync("images@master")).Error?.Message,
            StringComparison.Ordinal
        );

        var done = Ok(await it.FinishAsync("images@master"));
        Assert.Equal((3L, 2L), (done.Size, done.Files));
        Assert.Equal(it.Clock.GetUtcNow(), done.Finished);

        var late = await it.PutAsync($"images@{open.Name.Id}", ("/c", "3"));
        Assert.Contains("has already finished", late.Error?.Message, StringComparison.Ordinal);
        Assert.Contains(
            "has already finished",
            (await it.FinishAsync("images@master")).Error?.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(["/a", "/b"], await it.ListAsync("images@master"));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Ancestors_are_found_from_the_head_and_from_the_root(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("images");
        var commits = new List<Commit>();
        for (var i = 0; i < 3; i++)
        {
            commits.Add(Ok(await it.PutAsync("images@master", ("/a", $"{i}"))));
        }

        foreach (
            var (text, number) in new[] { ("^", 2), ("^2", 1), ("~1", 2), (".1", 1), (".3", 3), (".3^1", 2), ("", 3) }
        )
        {
            Assert.Equal(commits[number - 1].Name, (await it.CommitAsync($"images@master{text}")).Name);
        }

        Assert.Equal(commits[0].Name, (await it.CommitAsync($"images@{commits[1].Name.Id}^")).Name);
        Assert.Equal(ErrorKind.NotFound, (await it.InspectAsync("images@master^3")).Error?.Kind);
        Assert.Equal(ErrorKind.NotFound, (await it.InspectAsync("images@master.4")).Error?.Kind);
        Assert.Equal(ErrorKind.NotFound, (await it.InspectAsync("images@other")).Error?.Kind);
        Assert.Equal("repo default/nothing not found", (await it.InspectAsync("nothing@master")).Error?.Message);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Ancestors_are_found_where_lines_part(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        var root = Ok(await it.PutAsync("r@master", ("/a", "1")));
        var main = Ok(await it.PutAsync("r@master", ("/a", "2")));
        Ok(await it.PutAsync("r@master", ("/a", "3")));
        var side = Ok(await it.StartAsync("r@side", $"{root.Name.Id}"));
        Ok(await it.FinishAsync("r@side"));
        Ok(await it.PutAsync("r@side", ("/a", "4")));

        Assert.Equal(main.Name, (await it.CommitAsync("r@master^")).Name);
        Assert.Equal(side.Name, (await it.CommitAsync("r@side^")).Name);
        Assert.Equal(root.Name, (await it.CommitAsync("r@side.1")).Name);
        Assert.Equal(side.Name, (await it.CommitAsync("r@side.2")).Name);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Listings_follow_a_line_or_take_all(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        for (var i = 0; i < 5; i++)
        {
            Ok(await it.PutAsync("r@master", ("/a", $"{i}")));
        }

        var all = (await it.CommitsAsync("r")).Select(c => c.Name).ToList();
        Assert.Equal(5, all.Count);
        Assert.Equal(all[1..3], await NamesAsync(new() { To = Spec("master^"), From = Spec("master^3") }));
        Assert.Equal(all[..2], await NamesAsync(new() { Number = 2 }));
        Assert.Equal(all[2..4], await NamesAsync(new() { To = Spec("master^2"), Number = 2 }));
        Assert.Equal(all[2..4], await NamesAsync(new() { Before = CommitSpec.OfId(all[1].Id), Number = 2 }));
        Assert.Equal(Enumerable.Reverse(all), await NamesAsync(new() { Reverse = true }));
        Assert.Equal(Enumerable.Reverse(all), await NamesAsync(new() { To = Spec("master"), Reverse = true }));
        Assert.Empty(await NamesAsync(new() { Origin = CommitOrigin.Auto }));
        var bad = await it.Data.Commits.ListAsync(User, Repo("r"), new() { From = Spec("master") }, default);
        Assert.Equal("cannot use `from` commit without `to` commit", bad.Error?.Message);

        async Task<IEnumerable<CommitName>> NamesAsync(CommitQuery query) =>
            (await it.CommitsAsync("r", query)).Select(c => c.Name);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_failed_commit_is_not_read_and_not_built_on(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        Ok(await it.PutAsync("r@master", ("/good", "1")));
        Ok(await it.StartAsync("r@master"));
        Ok(await it.PutAsync("r@master", ("/bad", "2")));
        var failed = Ok(await it.FinishAsync("r@master", "disk on fire"));
        Assert.Equal("disk on fire", failed.Error);
        var read = await it.Data.Files.OpenAsync(User, it.At("r@master:/good"), default);
        Assert.Contains("finished with an error", read.Error?.Message, StringComparison.Ordinal);

        Ok(await it.PutAsync("r@master", ("/next", "3")));
        Assert.Equal(["/good", "/next"], await it.ListAsync("r@master"));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Clearing_takes_back_what_was_written(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        Ok(await it.PutAsync("r@master", ("/a", "1")));
        Ok(await it.StartAsync("r@master"));
        Ok(await it.PutAsync("r@master", ("/b", "2")));
        Ok(await it.Data.Commits.ClearAsync(User, Repo("r"), Spec("master"), default));
        Assert.Equal(["/a"], await it.ListAsync("r@master"));
        Ok(await it.FinishAsync("r@master"));
        var late = await it.Data.Commits.ClearAsync(User, Repo("r"), Spec("master"), default);
        Assert.StartsWith("cannot clear finished commit", late.Error?.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Output_commits_are_left_to_their_jobs(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("in");
        await it.NewRepoAsync("out");
        await it.BranchAsync("out@master", "in@master");
        Assert.Equal(
            "cannot start a commit on an output branch: default/out@master",
            (await it.PutAfterFinishAsync()).Error?.Message
        );
        var put = Ok(await it.PutAsync("in@master", ("/a", "1")));

        Assert.Equal("data.output-branch", (await it.PutAsync("out@master", ("/a", "1"))).Error?.Code);
        var read = await it.Data.Files.InspectAsync(User, it.At("out@master:/"), default);
        Assert.Equal($"output commit default/out@{put.Name.Id} not finished", read.Error?.Message);

        await it.FinishOutputAsync("out@master");
        Assert.Empty(await it.ListAsync("out@master"));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Waiting_ends_when_the_state_is_reached(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("in");
        await it.NewRepoAsync("out");
        await it.BranchAsync("out@master", "in@master");
        await it.FinishOutputAsync("out@master");
        var open = Ok(await it.StartAsync("in@master"));

        var ready = it.Data.Commits.InspectAsync(User, Repo("out"), Spec("master"), CommitState.Ready, default);
        var finished = it.Data.Commits.InspectAsync(User, Repo("in"), Spec("master"), CommitState.Finished, default);
        await using var set = Ok(await it.Data.CommitSets.WaitAsync(User, open.Name.Id, default)).GetAsyncEnumerator();
        var first = set.MoveNextAsync().AsTask();
        Assert.False(ready.IsCompleted || finished.IsCompleted || first.IsCompleted);
        Ok(await it.FinishAsync("in@master"));

        Assert.True(Ok(await finished.WaitAsync(TimeSpan.FromMinutes(1))).IsFinished);
        Assert.False(Ok(await ready.WaitAsync(TimeSpan.FromMinutes(1))).IsFinished);
        Assert.True(await first.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal((open.Name, true), (set.Current.Name, set.Current.IsFinished));
        var second = set.MoveNextAsync().AsTask();
        Assert.False(second.IsCompleted);
        await it.FinishOutputAsync("out@master");
        Assert.True(await second.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(("out", true), (set.Current.Name.Repo.Name, set.Current.IsFinished));
        Assert.False(await set.MoveNextAsync());
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_subscriber_sees_each_commit_once_in_order(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        var first = Ok(await it.PutAsync("r@master", ("/a", "0")));
        var feed = Ok(
            await it.Data.Commits.SubscribeAsync(
                User,
                Repo("r"),
                "master",
                CommitSpec.OfId(first.Name.Id),
                CommitState.Finished,
                null,
                default
            )
        );
        var seen = feed.Take(3).Select(commit => commit.Name).ToListAsync().AsTask();
        var made = new List<CommitName>();
        for (var i = 1; i <= 3; i++)
        {
            made.Add(Ok(await it.PutAsync("r@master", ("/a", $"{i}"))).Name);
            Ok(await it.PutAsync("r@other", ("/a", $"{i}")));
        }

        Assert.Equal(made, await seen.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_jobs_caller_reads_its_inputs_and_changes_nothing(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("in");
        await it.NewRepoAsync("other");
        Ok(await it.PutAsync("in@master", ("/a", "1")));
        Ok(await it.PutAsync("other@master", ("/a", "1")));
        var job = new Caller.Job(
            new(IdSource.System.Next()),
            new(IdSource.System.Next()),
            "1",
            new HashSet<string> { "default/in" }
        );
        Assert.True((await it.Data.Files.InspectAsync(job, it.At("in@master:/a"), default)).IsOk);
        Assert.Equal(
            ErrorKind.PermissionDenied,
            (await it.Data.Files.InspectAsync(job, it.At("other@master:/a"), default)).Error?.Kind
        );
        Assert.Equal(
            ErrorKind.PermissionDenied,
            (await it.Data.Files.EditAsync(job, Repo("in"), Spec("master"), default)).Error?.Kind
        );
        Assert.Equal(
            ErrorKind.PermissionDenied,
            (await it.Data.Repos.DeleteAsync(job, Repo("in"), false, default)).Error?.Kind
        );
        Assert.Equal(ErrorKind.PermissionDenied, (await it.Data.DeleteAllAsync(job, default)).Error?.Kind);
        Assert.Equal(["default/in"], Ok(await it.Data.Repos.ListAsync(job, "", [], default)).Select(r => $"{r.Name}"));
    }
}

file static class OutputSteps
{
    /// <summary>Closes the first output commit, then tries to put to the branch as a user.</summary>
    public static async Task<Result<Commit>> PutAfterFinishAsync(this DataFixture it)
    {
        await it.FinishOutputAsync("out@master");
        return await it.PutAsync("out@master", ("/a", "1"));
    }
}
