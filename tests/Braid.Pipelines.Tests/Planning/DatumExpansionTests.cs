using System.Text;
using Braid.Pipelines.Planning;
using Braid.Pipelines.Specs;
using Braid.Storage;
using Braid.Storage.Blobs;
using Braid.Storage.Trees;
using Braid.Testing;

namespace Braid.Pipelines.Tests.Planning;

public sealed class DatumExpansionTests
{
    [Fact]
    public async Task A_cross_varies_its_right_most_part_fastest_and_a_union_comes_one_after_the_other()
    {
        var input = new Input.Union([new Input.Cross([Leaf("a"), Leaf("b")]), Leaf("c")]);

        var datums = await ExpandAsync(input, ["/1", "/2"], ["/x", "/y"], ["/z"]);

        Assert.Equal(["/1/x", "/1/y", "/2/x", "/2/y", "/z"], datums);
    }

    [Fact]
    public async Task A_cross_with_an_empty_part_has_no_datums()
    {
        Assert.Empty(await ExpandAsync(new Input.Cross([Leaf("a"), Leaf("b")]), ["/1"], []));
    }

    [Fact]
    public async Task A_tree_without_files_has_no_datum_not_even_its_root()
    {
        Assert.Empty(
            await ExpandAsync(
                Leaf("a", "/"),
                files:
                [
                    [],
                ]
            )
        );
        Assert.Equal(["/x"], await ExpandAsync(new Input.Union([Leaf("a", "/"), Leaf("b")]), [], ["/x"]));
        Assert.Equal(["/"], await ExpandAsync(Leaf("a", "/"), ["/x"]));
    }

    [Fact]
    public async Task A_join_pairs_what_agrees_and_keeps_the_outer_side_alone()
    {
        var stores = Leaf("stores", "/STORE(*)") with { JoinOn = "$1" };
        var purchases = Leaf("purchases", "/*_(*)") with { JoinOn = "$1" };
        string[] ofStores = ["/STORE1", "/STORE2", "/STORE3"];
        string[] ofPurchases = ["/a_1", "/b_1", "/c_2", "/d_9"];

        var inner = await ExpandAsync(new Input.Join([stores, purchases]), ofStores, ofPurchases);
        var outer = await ExpandAsync(
            new Input.Join([stores with { OuterJoin = true }, purchases]),
            ofStores,
            ofPurchases
        );

        Assert.Equal(["/STORE1/a_1", "/STORE1/b_1", "/STORE2/c_2"], inner);
        Assert.Equal(["/STORE1/a_1", "/STORE1/b_1", "/STORE2/c_2", "/STORE3"], outer);
    }

    [Fact]
    public async Task A_group_makes_one_datum_of_all_that_agrees_and_tells_the_value()
    {
        var labs = Leaf("labs", "/(*)-(*)") with { GroupBy = "$2" };
        var input = new Input.Group([labs, Leaf("people", "/(*)") with { GroupBy = "$1" }]);

        var datums = await MatchAsync(input, ["/t1-ann", "/t2-bob", "/t3-ann"], ["/ann", "/eve"]);

        Assert.Equal(["/t1-ann/t3-ann/ann", "/t2-bob", "/eve"], datums.Select(Paths));
        Assert.Equal(["ann", "ann", "ann"], datums[0].Select(match => match.GroupBy));
    }

    [Fact]
    public async Task Joins_and_groups_can_be_parts_of_other_inputs()
    {
        var join = new Input.Join([Leaf("a", "/(*)") with { JoinOn = "$1" }, Leaf("b", "/(*)") with { JoinOn = "$1" }]);
        var group = new Input.Group([Leaf("c", "/(?)*") with { GroupBy = "$1" }]);

        var datums = await ExpandAsync(new Input.Cross([join, group]), ["/1", "/2"], ["/2"], ["/xa", "/xb", "/y"]);

        Assert.Equal(["/2/2/xa/xb", "/2/2/y"], datums);
    }

    private static async Task<IEnumerable<string>> ExpandAsync(Input input, params string[][] files) =>
        (await MatchAsync(input, files)).Select(Paths);

    private static string Paths(IReadOnlyList<LeafMatch> datum) => string.Concat(datum.Select(match => match.Path));

    private static async Task<List<IReadOnlyList<LeafMatch>>> MatchAsync(Input input, params string[][] files)
    {
        using var folder = new TempFolder();
        await using var content = await ContentStore.OpenAsync(
            new BlobAddress.Folder(folder.File("blobs")),
            TimeProvider.System,
            default
        );
        using var hold = content.Hold();
        var roots = new List<TreeRoot?>();
        foreach (var paths in files)
        {
            var edits = new List<TreeEdit>();
            foreach (var path in paths)
            {
                edits.Add(new TreeEdit.Put(path, await hold.WriteAsync(Encoding.UTF8.GetBytes(path), default)));
            }

            roots.Add((await hold.ApplyAsync(TreeRoot.Empty, edits, default)).Value);
        }

        return await new DatumExpansion(content, roots).ExpandAsync(InputNode.Of(input), default).ToListAsync();
    }

    private static Input.Pfs Leaf(string name, string glob = "/*") =>
        new()
        {
            Name = name,
            Project = "default",
            Repo = name,
            Glob = glob,
        };
}
