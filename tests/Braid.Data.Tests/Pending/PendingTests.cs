using System.Text;
using Braid.Access.Callers;
using Braid.Data.Pending;
using Braid.Data.Propagation;
using Braid.Data.Repositories;
using Braid.Primitives;
using Braid.Testing;
using static Braid.Data.Tests.DataFixture;

namespace Braid.Data.Tests.Pending;

public sealed class PendingTests
{
    private static readonly Caller other = new Caller.Job(
        new(Hex32.Parse("0123456789abcdef0123456789abcdef")),
        default,
        "attempt",
        new HashSet<string>()
    );

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Request_is_rehearsed_and_done_at_the_finish(string store)
    {
        await using var it = await OpenAsync(store);
        var pending = Ok(await it.Data.Pending.StartAsync(User, default));

        var answer = Ok(await AppendAsync(it, pending.Id, "a"));
        var before = await ReposAsync(it);
        var done = Ok(await it.Data.Pending.FinishAsync(User, pending.Id, new RepoReader(it.Data), default));

        Assert.Equal("made a in " + pending.Id, answer);
        Assert.Empty(before);
        Assert.Equal(["a"], await ReposAsync(it));
        Assert.Equal(answer, Encoding.UTF8.GetString(Assert.Single(done.Requests).Response));
        Assert.Equal(
            ErrorKind.NotFound,
            (await it.Data.Pending.FinishAsync(User, pending.Id, new RepoReader(it.Data), default)).Error?.Kind
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Requests_that_come_at_once_are_all_recorded_and_of_two_finishes_one_wins(string store)
    {
        await using var it = await OpenAsync(store);
        var pending = Ok(await it.Data.Pending.StartAsync(User, default));
        string[] names = ["a", "b", "c", "d"];

        var appended = await Task.WhenAll(names.Select(name => AppendAsync(it, pending.Id, name)));
        var finished = await Task.WhenAll(
            Enumerable
                .Range(0, 2)
                .Select(_ => it.Data.Pending.FinishAsync(User, pending.Id, new RepoReader(it.Data), default))
        );

        Assert.All(appended, answer => Assert.True(answer.IsOk, $"{answer.Error}"));
        Assert.Equal(4, Assert.Single(finished, one => one.IsOk).Value.Requests.Count);
        Assert.Equal(ErrorKind.NotFound, Assert.Single(finished, one => !one.IsOk).Error?.Kind);
        Assert.Equal(names, (await ReposAsync(it)).Order());
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Forgotten_transaction_is_gone(string store)
    {
        await using var it = await OpenAsync(store);
        var old = Ok(await it.Data.Pending.StartAsync(User, default));
        var kept = Ok(await it.Data.Pending.StartAsync(User, default));
        Ok(await AppendAsync(it, old.Id, "a"));
        it.Clock.Advance(TimeSpan.FromDays(6));
        Ok(await AppendAsync(it, kept.Id, "b"));
        it.Clock.Advance(TimeSpan.FromDays(2));

        var late = await AppendAsync(it, old.Id, "c");
        Ok(await it.Data.Pending.StartAsync(User, default));
        var left = Ok(await it.Data.Pending.ListAsync(User, default));

        Assert.Equal(ErrorKind.NotFound, late.Error?.Kind);
        Assert.Equal(2, left.Count);
        Assert.Equal(kept.Id, left[^1].Id);
        Assert.Equal(1, Assert.Single(left, one => one.Requests.Count > 0).Version);
    }

    [Fact]
    public async Task Limit_and_foreign_caller_are_told()
    {
        await using var it = await OpenAsync("sqlite");
        var pending = Ok(await it.Data.Pending.StartAsync(User, default));

        var large = await it.Data.Pending.AppendAsync(
            User,
            pending.Id,
            new byte[PendingLimits.MostBytes + 1],
            new RepoReader(it.Data),
            default
        );
        var foreign = await it.Data.Pending.InspectAsync(other, pending.Id, default);

        Assert.Equal(ErrorKind.ResourceExhausted, large.Error?.Kind);
        Assert.Equal(ErrorKind.PermissionDenied, foreign.Error?.Kind);
    }

    private static async Task<Result<string>> AppendAsync(DataFixture it, CommitSetId id, string repo) =>
        (
            await it.Data.Pending.AppendAsync(User, id, Encoding.UTF8.GetBytes(repo), new RepoReader(it.Data), default)
        ).Select(Encoding.UTF8.GetString);

    private static async Task<IEnumerable<string>> ReposAsync(DataFixture it) =>
        Ok<IReadOnlyList<Repo>>(await it.Data.Repos.ListAsync(User, "", [], default)).Select(repo => repo.Name.Name);

    /// <summary>A protocol whose only request is the name of a repo to make.</summary>
    private sealed class RepoReader(VersionedData data) : IPendingReader
    {
        public Task<Result<IPendingChange>> ReadAsync(Caller caller, byte[] request, CancellationToken ct) =>
            Task.FromResult(Result.Ok<IPendingChange>(new RepoChange(data, caller, Encoding.UTF8.GetString(request))));
    }

    private sealed class RepoChange(VersionedData data, Caller caller, string name) : IPendingChange
    {
        public async Task<Result<byte[]>> RunAsync(DataTransaction transaction, CancellationToken ct)
        {
            var within = data.Within(transaction).Repos;
            var made = await within.CreateAsync(caller, Repo(name), "", update: false, ct);
            return made.Select(_ => Encoding.UTF8.GetBytes($"made {name} in {transaction.Set}"));
        }

        public void Dispose() { }
    }
}
