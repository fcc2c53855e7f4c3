using Braid.Storage.Trees;

namespace Braid.Storage.Tests.Trees;

/// <summary>What edits and differences of a large tree read, counted.</summary>
public sealed class TreeCostTests
{
    private const int directories = 200;
    private const int inDirectory = 300;

    /// <summary>Of one file: the root and one more node of both directories, in the old tree and in the new.</summary>
    private const int nodesOfOneFile = 8;

    [Fact]
    public async Task An_edit_and_its_difference_read_the_nodes_on_the_way_to_it_and_no_others()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var root = await LargeTreeAsync(fixture);
        var store = new ContentStore(fixture.Chunks);
        using var hold = store.Hold();
        var content = await fixture.PutTextAsync("changed");

        var changed = (await hold.ApplyAsync(root, [new TreeEdit.Put(PathOf(77, 123), content)], default)).Value;
        Assert.InRange(store.Parts.Nodes.Reads, 1, nodesOfOneFile);

        var cold = new ContentStore(fixture.Chunks);
        var paths = await cold.DiffAsync(root, changed, "/", default).Select(change => change.Path).ToListAsync();
        Assert.Equal(["/", "/d0077/", PathOf(77, 123)], paths);
        Assert.InRange(cold.Parts.Nodes.Reads, 1, 2 * nodesOfOneFile);
    }

    [Fact]
    public async Task Nodes_in_memory_take_no_more_than_their_limit()
    {
        const int limit = 1_000_000;
        await using var fixture = await StoreFixture.OpenAsync();
        var root = await LargeTreeAsync(fixture);
        var nodes = new NodeStore(fixture.Chunks, limit);
        var trees = new TreeReader(nodes);
        for (var directory = 0; directory < 60; directory++)
        {
            Assert.Equal(
                inDirectory,
                await trees.ListAsync(root, $"/d{directory:0000}", ListOptions.All, default).CountAsync()
            );
        }

        Assert.InRange(nodes.HeldBytes, limit / 2, limit);
    }

    private static async Task<TreeRoot> LargeTreeAsync(StoreFixture fixture)
    {
        var content = await fixture.PutTextAsync("content");
        var edits = Enumerable
            .Range(0, directories * inDirectory)
            .Select(i => new TreeEdit.Put(PathOf(i / inDirectory, i % inDirectory), content))
            .ToArray<TreeEdit>();
        return await fixture.ApplyAsync(TreeRoot.Empty, edits);
    }

    private static string PathOf(int directory, int file) => $"/d{directory:0000}/f{directory:0000}-{file:0000}";
}
