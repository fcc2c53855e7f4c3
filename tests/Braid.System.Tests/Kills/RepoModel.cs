using System.Collections.Immutable;
using System.Security.Cryptography;
using Braid.Protos.Pfs;
using Files = System.Collections.Immutable.ImmutableSortedDictionary<string, (long Length, string Hash)>;

namespace Braid.System.Tests.Kills;

/// <summary>
/// One repo, written by one client: what was acknowledged, and, while a call is under way, what it would make of that. After a
/// kill the server has the one or the other, and nothing between.
/// </summary>
internal sealed class RepoModel(string repo, Random random, bool hasOutput)
{
    private readonly List<(string Id, Files Files)> acknowledged = [];
    private Files files = Files.Empty;
    private Files? underWay;
    private bool isOpen;
    private (string? Id, string? UnderWay) side;

    public string Repo => repo;

    /// <summary>Calls that were acknowledged.</summary>
    public int Calls { get; private set; }

    /// <summary>Makes the repo, and a branch that is made from it.</summary>
    public async Task CreateAsync(PfsClient pfs)
    {
        await pfs.CreateRepoAsync(repo);
        if (hasOutput)
        {
            await pfs.CreateRepoAsync($"{repo}-out");
            await pfs.CreateBranchAsync($"{repo}-out", "master", provenance: PfsClient.Branch(repo, "master"));
            // That made an empty first commit here.
            acknowledged.Add((await HeadIdAsync(pfs), files));
        }
    }

    /// <summary>One random change.</summary>
    public async Task StepAsync(PfsClient pfs)
    {
        switch (random.Next(isOpen ? 3 : 10))
        {
            case 0 when isOpen:
                await pfs.FinishAsync(PfsClient.Head(repo));
                isOpen = false;
                break;
            case 3 when acknowledged.Count > 0:
                await pfs.StartAsync(repo);
                isOpen = true;
                break;
            case 4 when acknowledged.Count > 2:
                await MoveSideAsync(pfs);
                break;
            case 5 when acknowledged.Count > 2:
                await DropAsync(pfs);
                break;
            case 6 when acknowledged.Count > 3 && !hasOutput:
                await SquashAsync(pfs);
                break;
            default:
                await ModifyAsync(pfs);
                break;
        }

        Calls++;
    }

    /// <summary>Holds the server against it, and goes on from what the server has.</summary>
    public async Task VerifyAsync(PfsClient pfs)
    {
        if (acknowledged.Count == 0 && underWay is null)
        {
            return;
        }

        var head = await TryInspectAsync(pfs, PfsClient.Head(repo));
        var found = head is null ? Files.Empty : await ReadAsync(pfs, PfsClient.Head(repo));
        Assert.True(
            Same(found, files) || (underWay is { } next && Same(found, next)),
            $"{repo}: {Text(found)} is neither what was acknowledged, {Text(files)}, nor what was under way, {Text(underWay)}"
        );
        (files, underWay, isOpen) = (found, null, false);
        if (head is { Finished: null })
        {
            await pfs.FinishAsync(PfsClient.Head(repo));
        }

        await VerifyHistoryAsync(pfs);
        if (head is not null)
        {
            Remember(head.Commit.Id);
        }
    }

    private async Task VerifyHistoryAsync(PfsClient pfs)
    {
        if (acknowledged.Count > 0)
        {
            var (id, then) = acknowledged[random.Next(acknowledged.Count)];
            var commit = new Commit { Repo = PfsClient.Head(repo).Repo, Id = id };
            Assert.True(Same(await ReadAsync(pfs, commit), then), $"{repo}@{id} has other files");
        }

        if (side.Id is not null || side.UnderWay is not null)
        {
            var now = (await TryInspectAsync(pfs, PfsClient.Head(repo, "side")))?.Commit.Id;
            Assert.True(now == side.Id || now == side.UnderWay, $"{repo}@side is {now}, not {side}");
            side = (now, null);
        }
    }

    private async Task ModifyAsync(PfsClient pfs)
    {
        var changes = Enumerable
            .Range(0, random.Next(1, 30))
            .Select(_ => KeyValuePair.Create($"/{random.Next(6)}/{random.Next(40)}", NextBytes()))
            .DistinctBy(change => change.Key)
            .ToList();
        var next = files;
        foreach (var (path, bytes) in changes)
        {
            next = bytes is null ? next.Remove(path) : next.SetItem(path, (bytes.Length, HashOf(bytes)));
        }

        underWay = next;
        await pfs.ModifyAsync(PfsClient.Head(repo), changes);
        (files, underWay) = (next, null);
        if (!isOpen)
        {
            Remember(await HeadIdAsync(pfs));
        }
    }

    private async Task MoveSideAsync(PfsClient pfs)
    {
        var id = acknowledged[random.Next(acknowledged.Count)].Id;
        side = (side.Id, id);
        await pfs.CreateBranchAsync(repo, "side", new() { Repo = PfsClient.Head(repo).Repo, Id = id });
        side = (id, null);
    }

    // The newest commit, unless the other branch points at it: then that would move, too.
    private async Task DropAsync(PfsClient pfs)
    {
        var (id, _) = acknowledged[^1];
        if (id == side.Id || await HeadIdAsync(pfs) != id)
        {
            return;
        }

        var parent = (await pfs.InspectAsync(PfsClient.Head(repo))).ParentCommit?.Id;
        if (acknowledged.FindLast(commit => commit.Id == parent) is not { Id: not null } before)
        {
            return;
        }

        underWay = before.Files;
        acknowledged.RemoveAt(acknowledged.Count - 1);
        await pfs.DropAsync(id);
        (files, underWay) = (before.Files, null);
    }

    private async Task SquashAsync(PfsClient pfs)
    {
        var (id, _) = acknowledged[random.Next(acknowledged.Count - 1)];
        var info = await pfs.InspectAsync(new() { Repo = PfsClient.Head(repo).Repo, Id = id });
        if (id == side.Id || info.ChildCommits.Count == 0)
        {
            return;
        }

        acknowledged.RemoveAll(commit => commit.Id == id);
        await pfs.SquashAsync(id);
    }

    private byte[]? NextBytes()
    {
        var kind = random.Next(10);
        if (kind == 0)
        {
            return null;
        }

        var bytes = new byte[kind == 1 ? random.Next(400_000) : random.Next(3000)];
        random.NextBytes(bytes);
        return bytes;
    }

    private void Remember(string id)
    {
        acknowledged.RemoveAll(commit => commit.Id == id);
        acknowledged.Add((id, files));
    }

    private async Task<string> HeadIdAsync(PfsClient pfs) => (await pfs.InspectAsync(PfsClient.Head(repo))).Commit.Id;

    private static async Task<CommitInfo?> TryInspectAsync(PfsClient pfs, Commit commit)
    {
        try
        {
            return await pfs.InspectAsync(commit);
        }
        catch (Braid.Grpc.Statuses.GrpcException missing)
            when (missing.Status.Code == Braid.Grpc.Statuses.GrpcCode.NotFound)
        {
            return null;
        }
    }

    private async Task<Files> ReadAsync(PfsClient pfs, Commit commit)
    {
        var found = Files.Empty.ToBuilder();
        foreach (var (path, size) in await pfs.ListAsync(commit))
        {
            var bytes = await pfs.ReadAsync(commit, path);
            Assert.Equal(size, bytes.Length);
            found[path] = (bytes.Length, HashOf(bytes));
        }

        return found.ToImmutable();
    }

    private static bool Same(Files one, Files other) => one.SequenceEqual(other);

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Text(Files? some) =>
        some is null ? "nothing" : $"{some.Count} files of {some.Values.Sum(file => file.Length)} bytes";
}
